FROM debian:trixie-slim AS tools
FROM scratch
RUN --mount=from=tools,source=/usr/bin,target=/bin --mount=type=cache,target=/c echo hello
CMD ["/app"]
