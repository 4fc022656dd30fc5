# expect: does not start
# says: no such file or directory
# finding: SW013
FROM gcr.io/distroless/static-debian12
COPY --chmod=755 <<EOF /entrypoint.sh
#!/bin/sh
echo hello
EOF
ENTRYPOINT ["/entrypoint.sh"]
