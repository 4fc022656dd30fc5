FROM cgr.dev/chainguard/node:latest-dev AS a
RUN npm ci

FROM gcr.io/distroless/static-debian13:debug AS b
COPY x /x

FROM debian:trixie-slim AS c
COPY x /x

FROM cgr.dev/chainguard/node:latest AS d
COPY x /x

FROM cgr.dev/chainguard/static:latest
COPY server /server
CMD ["/server"]
