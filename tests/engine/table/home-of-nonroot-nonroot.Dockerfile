# expect: works
FROM gcr.io/distroless/static-debian12:nonroot
WORKDIR /home/nonroot
COPY busybox /app/busybox
CMD ["/app/busybox", "true"]
