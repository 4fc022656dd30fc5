FROM debian:trixie-slim
COPY entrypoint.sh /
ENTRYPOINT ["/entrypoint.sh"]
CMD --port 80
