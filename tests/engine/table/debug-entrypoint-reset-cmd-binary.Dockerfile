# expect: works
FROM gcr.io/distroless/static-debian12:debug
COPY busybox /app/busybox
ENTRYPOINT []
CMD ["/app/busybox", "true"]
