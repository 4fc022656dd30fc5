# expect: does not start
# says: no command specified
# finding: SW019
FROM gcr.io/distroless/static-debian12:debug
COPY busybox /app/busybox
ENTRYPOINT []
