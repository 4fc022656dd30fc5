# expect: does not start
# finding: SW013
FROM node:22-alpine
COPY --chmod=755 <<EOF /start
#!/usr/bin/env bash
exec node --version
EOF
ENTRYPOINT ["/start"]
