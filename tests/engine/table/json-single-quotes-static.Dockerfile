# expect: build fails
# says: stat /bin/sh
FROM gcr.io/distroless/static-debian12
COPY --from=busybox:musl /bin/busybox /bin/busybox
RUN ['/bin/busybox', 'mkdir', '/data']
