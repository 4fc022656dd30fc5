# expect: works
FROM gcr.io/distroless/static-debian12:debug
COPY busybox /app/busybox
ENTRYPOINT ["/app/busybox", "true"]
