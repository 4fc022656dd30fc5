# expect: does not start
# says: stat /bin/sh
# finding: SW008
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
ENTRYPOINT /app/busybox true
