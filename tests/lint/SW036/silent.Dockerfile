FROM cgr.dev/chainguard/node:latest-dev AS build
RUN npm ci
FROM gcr.io/distroless/static-debian13:debug AS debug
COPY app /app
ENTRYPOINT ["/app"]
FROM busybox:musl AS tools
FROM debian:trixie-slim AS has-one-anyway
COPY --from=tools /bin/sh /bin/sh
CMD ["/app"]
FROM gcr.io/distroless/static-debian13
COPY --from=build /app /app
ENTRYPOINT ["/app"]
