FROM debian:trixie-slim
COPY server /server
ENTRYPOINT ["/server"]
CMD --port $PORT
