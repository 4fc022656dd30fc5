# expect: works
FROM scratch
COPY busybox /app/busybox
USER 65532
CMD ["/app/busybox", "true"]
