FROM node:22 AS base
WORKDIR /app
COPY . .
RUN npm ci
FROM base
CMD ["node", "server.js"]
