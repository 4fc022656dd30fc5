# expect: does not start
# says: no command specified
# finding: SW019
FROM scratch
COPY busybox /app/busybox
