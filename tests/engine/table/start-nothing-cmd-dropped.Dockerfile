# expect: does not start
# finding: SW019
# An empty ENTRYPOINT drops the CMD of the image as any other does.
# says: no command specified
FROM alpine:3.20
COPY busybox /app/busybox
ENTRYPOINT []
