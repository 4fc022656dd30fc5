FROM node:22
WORKDIR /app
COPY dist .
CMD ["node", "server.js"]
