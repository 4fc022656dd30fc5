# expect: does not start
# says: no such file or directory
# finding: SW013
FROM node:22-alpine
COPY --chmod=755 <<EOF /start
#!/bin/bash
exec node --version
EOF
ENTRYPOINT ["/start"]
