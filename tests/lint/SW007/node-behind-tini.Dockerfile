FROM debian:trixie-slim AS tini
RUN apt-get update && apt-get install -y tini

FROM gcr.io/distroless/nodejs24-debian13
COPY --from=tini /usr/bin/tini-static /tini
COPY server.js /app/
ENTRYPOINT ["/tini", "--"]
CMD node /app/server.js
