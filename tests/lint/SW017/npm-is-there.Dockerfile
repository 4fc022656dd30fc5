FROM cgr.dev/chainguard/node:latest-dev
WORKDIR /app
COPY . .
CMD ["npm", "start"]
