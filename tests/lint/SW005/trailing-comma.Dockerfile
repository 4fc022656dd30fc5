FROM debian:trixie-slim
COPY app /app
ENTRYPOINT ["/app", "serve",]
