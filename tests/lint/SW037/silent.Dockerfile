FROM gcr.io/distroless/static-debian13 AS a
RUN --mount=type=bind,from=busybox:musl,source=/bin,target=/bin mkdir /data
FROM gcr.io/distroless/static-debian13 AS b
RUN --mount=type=bind,from=alpine:3.23,source=/bin,target=/bin --mount=type=bind,from=alpine:3.23,source=/lib,target=/lib mkdir /data
FROM gcr.io/distroless/base-debian13 AS c
RUN --mount=type=bind,from=debian:trixie,source=/usr/bin,target=/bin mkdir /data
FROM example.com/unknown AS d
RUN --mount=type=bind,from=alpine:3.23,source=/bin,target=/bin mkdir /data
RUN --mount=type=cache,target=/c mkdir /data
FROM alpine:3.23
RUN --mount=type=cache,target=/c mkdir /data
