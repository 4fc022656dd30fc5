FROM debian:trixie-slim
ENTRYPOINT ["/bin/sh", "-c"]
CMD echo hello
