# expect: works
FROM scratch
COPY busybox /app/busybox
RUN ["/app/busybox", "mkdir", "/data"]
CMD ["/app/busybox", "ls", "/data"]
