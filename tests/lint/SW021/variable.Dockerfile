ARG WHO=worker
FROM debian:trixie-slim
ARG WHO
USER ${WHO}
CMD ["sleep", "9"]
