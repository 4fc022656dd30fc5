# expect: works
FROM scratch
COPY busybox /app/busybox
USER 65532:65532
RUN ["/app/busybox", "true"]
CMD ["/app/busybox", "true"]
