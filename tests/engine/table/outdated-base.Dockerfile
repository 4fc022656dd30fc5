# expect: works
FROM gcr.io/distroless/static-debian11
COPY busybox /app/busybox
CMD ["/app/busybox", "true"]
