# expect: works
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
USER appuser
USER nonroot
CMD ["/app/busybox", "true"]
