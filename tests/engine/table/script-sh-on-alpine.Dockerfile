# expect: works
FROM alpine:3.20
COPY --chmod=755 <<EOF /entrypoint.sh
#!/bin/sh
echo hello
EOF
ENTRYPOINT ["/entrypoint.sh"]
