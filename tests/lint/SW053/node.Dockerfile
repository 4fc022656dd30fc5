# syntax=docker/dockerfile:1
FROM node:22-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production NPM_CONFIG_LOGLEVEL=warn
COPY package*.json ./
RUN npm ci --omit=dev
COPY . .
# The web port.
EXPOSE 3000
HEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1
USER node
CMD ["node", "--enable-source-maps", "server.js"]
