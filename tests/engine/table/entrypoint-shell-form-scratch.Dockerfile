# expect: does not start
# says: stat /bin/sh
# finding: SW008
FROM scratch
COPY busybox /app/busybox
ENTRYPOINT exec /app/busybox true
