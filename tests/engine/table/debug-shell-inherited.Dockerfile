# expect: works
FROM gcr.io/distroless/static-debian12:debug AS tools
SHELL ["/busybox/sh", "-c"]
FROM tools
RUN echo hello > /hello
ENTRYPOINT ["/busybox/cat", "/hello"]
