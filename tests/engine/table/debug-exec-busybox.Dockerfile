# expect: works
FROM gcr.io/distroless/static-debian12:debug
RUN ["/busybox/sh", "-c", "echo hello > /hello"]
ENTRYPOINT ["/busybox/cat", "/hello"]
