# expect: works
FROM gcr.io/distroless/static-debian12:debug
SHELL ["/busybox/sh", "-c"]
ENTRYPOINT echo hello
