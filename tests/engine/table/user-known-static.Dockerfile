# expect: works
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
USER nonroot:nonroot
RUN ["/app/busybox", "true"]
CMD ["/app/busybox", "true"]
