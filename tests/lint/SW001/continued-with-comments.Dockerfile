FROM busybox:musl AS tools

FROM gcr.io/distroless/base-debian12
RUN mkdir \
    # for the queue
    -p /var/spool/app \
    /var/cache/app
