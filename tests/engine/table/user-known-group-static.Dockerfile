# expect: works
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
USER nonroot:staff
CMD ["/app/busybox", "true"]
