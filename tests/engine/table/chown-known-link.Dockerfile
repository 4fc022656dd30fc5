# expect: works
FROM gcr.io/distroless/static-debian12
COPY --link --chown=nonroot:nonroot busybox /app/busybox
CMD ["/app/busybox", "true"]
