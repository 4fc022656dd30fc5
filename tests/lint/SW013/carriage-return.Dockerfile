FROM debian:trixie-slim
WORKDIR /app
COPY . .
ENTRYPOINT ["/app/start.sh"]
