FROM debian:trixie-slim AS base
CMD exec server --port $PORT

FROM base
ENTRYPOINT ["/entrypoint.sh"]
