# expect: works
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
SHELL ["/bin/bash", "-c"]
CMD ["/app/busybox", "true"]
