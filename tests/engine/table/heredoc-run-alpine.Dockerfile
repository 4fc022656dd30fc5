# expect: works
FROM alpine:3.20
RUN <<EOF
set -e
echo hello > /hello
EOF
CMD ["cat", "/hello"]
