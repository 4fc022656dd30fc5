# expect: works
# Nothing is run as that user there, and the final stage has its own.
FROM alpine:3.20 AS files
USER appuser
WORKDIR /data
FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=files /data /data
COPY busybox /app/busybox
CMD ["/app/busybox", "true"]
