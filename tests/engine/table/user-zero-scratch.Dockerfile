# expect: works
FROM scratch
COPY busybox /app/busybox
USER 0
CMD ["/app/busybox", "true"]
