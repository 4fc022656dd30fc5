# expect: works
FROM gcr.io/distroless/static
COPY busybox /app/busybox
CMD ["/app/busybox", "true"]
