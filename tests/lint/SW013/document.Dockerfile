FROM alpine:3.23 AS absolute
RUN <<EOF
#!/usr/bin/python3
print("hello")
EOF

FROM node:22-alpine
RUN <<EOF
#!/usr/bin/env bash
set -euo pipefail
npm ci
EOF
