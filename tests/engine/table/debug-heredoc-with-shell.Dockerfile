# expect: works
FROM gcr.io/distroless/static-debian12:debug
SHELL ["/busybox/sh", "-c"]
RUN <<EOF
echo hello > /hello
EOF
ENTRYPOINT ["/busybox/cat", "/hello"]
