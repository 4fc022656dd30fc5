FROM debian:trixie-slim AS base
COPY server /server
ENTRYPOINT ["/server"]
CMD ["--port", "80"]

FROM base
COPY tini /tini
ENTRYPOINT ["/tini", "--", "/server"]
