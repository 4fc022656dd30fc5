FROM gcr.io/distroless/base-debian13:debug AS image
SHELL ["/busybox/sh", "-c"]
CMD echo hello

FROM alpine:3.23
ENTRYPOINT ["/bin/sh"]
CMD echo hello
