FROM node:24-trixie-slim
ENV PORT=8080
CMD ["node", "server.js", "--port", "$PORT"]
