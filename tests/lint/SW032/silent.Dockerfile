FROM rust:1-bookworm AS old
WORKDIR /src
RUN cargo build --release
FROM rust:1.70 AS unknown
WORKDIR /src
RUN cargo build --release
FROM golang:1.27 AS go
RUN CGO_ENABLED=0 go build -o /app .
FROM node:26 AS node
WORKDIR /app
RUN npm ci

FROM gcr.io/distroless/cc-debian13 AS a
COPY --from=old /src/target/release/app /app
ENTRYPOINT ["/app"]
FROM gcr.io/distroless/cc-debian12 AS b
COPY --from=unknown /src/target/release/app /app
ENTRYPOINT ["/app"]
FROM gcr.io/distroless/cc-debian12 AS c
COPY --from=go /app /app
ENTRYPOINT ["/app"]
FROM gcr.io/distroless/nodejs22-debian12 AS d
COPY --from=node /app /app
CMD ["/app/app.js"]
FROM cgr.dev/chainguard/glibc-dynamic
COPY --from=old /src/target/release/app /app
ENTRYPOINT ["/app"]
