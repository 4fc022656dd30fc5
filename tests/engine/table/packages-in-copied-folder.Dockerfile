# expect: works
# An own program called apk.
FROM debian:bookworm-slim
COPY --chmod=755 <<EOF /usr/local/bin/apk
#!/bin/sh
echo own tool
EOF
RUN apk add curl
CMD ["true"]
