# Static: Go without C, Rust on musl, -static.
FROM golang:1.27 AS go
ENV CGO_ENABLED=0
RUN go build -o /server .
FROM golang:1.27-alpine AS goalpine
RUN go build -o /server .
FROM rust:1-alpine AS rustmusl
WORKDIR /src
RUN cargo build --release
FROM rust:1-trixie AS rusttarget
WORKDIR /src
RUN rustup target add x86_64-unknown-linux-musl && cargo build --release --target x86_64-unknown-linux-musl
FROM gcc:15 AS c
RUN gcc -static -o /hello hello.c
FROM node:24-alpine AS web
WORKDIR /app
RUN npm ci && npm run build

FROM alpine:3.23 AS a
COPY --from=go /server /server
COPY --from=c /hello /hello
COPY --from=rusttarget /src/target/x86_64-unknown-linux-musl/release/app /app
ENTRYPOINT ["/server"]

FROM gcr.io/distroless/base-debian13 AS b
COPY --from=goalpine /server /server
COPY --from=rustmusl /src/target/release/app /app
COPY --from=web /app/dist /srv/www
ENTRYPOINT ["/server"]

# The same C library.
FROM rust:1-trixie AS same
WORKDIR /src
RUN cargo build --release
FROM debian:trixie-slim AS d
COPY --from=same /src/target/release/app /app
ENTRYPOINT ["/app"]

# A loader comes along.
FROM alpine:3.23 AS e
RUN apk add --no-cache gcompat
COPY --from=same /src/target/release/app /app
ENTRYPOINT ["/app"]

FROM example.com/unknown AS f
COPY --from=same /src/target/release/app /app
ENTRYPOINT ["/app"]

# Taken away before it is copied.
FROM node:24-alpine AS pruned
WORKDIR /app
RUN npm ci && npm run build && rm -rf node_modules
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=pruned /app /app
CMD ["/app/dist/app.js"]
