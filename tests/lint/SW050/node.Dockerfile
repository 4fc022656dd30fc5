FROM cgr.dev/chainguard/node:latest
COPY . .
CMD ["server.js"]
