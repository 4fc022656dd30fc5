# expect: works
FROM scratch
COPY --chown=65532:65532 busybox /app/busybox
USER 65532
CMD ["/app/busybox", "true"]
