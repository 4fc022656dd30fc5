# expect: does not start
# says: no such file or directory
# finding: SW013
FROM alpine:3.20
COPY --chmod=755 <<EOF /entrypoint.sh
#!/bin/bash
echo hello
EOF
ENTRYPOINT ["/entrypoint.sh"]
