# expect: works
FROM gcr.io/distroless/static-debian12:nonroot
COPY busybox /app/busybox
EXPOSE 80
CMD ["/app/busybox", "true"]
