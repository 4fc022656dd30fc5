FROM debian:trixie-slim
RUN ["rm", "-rf", "/tmp/*"]
