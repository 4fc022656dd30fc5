# expect: build fails
# says: stat /bin/sh
# finding: SW004
FROM gcr.io/distroless/static-debian12
RUN <<EOF
echo hello
EOF
