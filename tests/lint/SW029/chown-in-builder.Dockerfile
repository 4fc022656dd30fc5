FROM debian:trixie-slim AS build
RUN mkdir -p /data/cache && chown -R 65532:65532 /data

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /data /data
COPY app /app
ENTRYPOINT ["/app"]
