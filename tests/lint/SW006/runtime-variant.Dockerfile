FROM cgr.dev/chainguard/node:latest
RUN apk add --no-cache curl
