FROM node:24-trixie-slim AS build
WORKDIR /app
COPY . .
RUN npm ci && chown -R node:node /app

FROM node:24-trixie-slim
COPY --from=build /app /app
WORKDIR /app
USER node
CMD ["node", "app.js"]
