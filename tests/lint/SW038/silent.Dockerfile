FROM golang:1.27-alpine AS build
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch AS copied
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /app /app
ENTRYPOINT ["/app"]

FROM gcr.io/distroless/static-debian13 AS has-them
COPY --from=build /app /app
ENTRYPOINT ["/app"]

FROM registry.example.com/base AS unknown
COPY --from=build /app /app
ENTRYPOINT ["/app"]

FROM debian:trixie-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates && rm -rf /var/lib/apt/lists/*
COPY --from=build /app /app
ENTRYPOINT ["/app"]
