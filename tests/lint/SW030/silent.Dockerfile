FROM alpine:3.23 AS a
RUN adduser -D web
USER web
WORKDIR /srv

FROM alpine:3.23 AS b
USER 1000
WORKDIR /srv

FROM gcr.io/distroless/static-debian13 AS c
USER nonroot
WORKDIR /data

FROM registry.example.com/base AS d
USER web
WORKDIR /srv

FROM gcr.io/distroless/static-debian13
WORKDIR /data
USER app
