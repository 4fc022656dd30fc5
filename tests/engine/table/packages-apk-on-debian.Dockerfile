# expect: build fails
# says: apk: not found
# finding: SW006
FROM debian:bookworm-slim
RUN apk add --no-cache curl
