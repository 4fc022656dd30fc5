# expect: works
FROM gcr.io/distroless/static-debian12:debug
SHELL ["/busybox/sh", "-c"]
RUN echo hello > /hello
ENTRYPOINT ["/busybox/cat", "/hello"]
