FROM debian:trixie-slim AS base
COPY server /server
ENTRYPOINT ["/server"]

FROM base
CMD --port 80
