# expect: works
FROM gcr.io/distroless/static-debian12 AS common
COPY busybox /app/busybox
ENTRYPOINT /app/busybox true
FROM common
ENTRYPOINT ["/app/busybox", "true"]
