FROM node:22-alpine AS build
WORKDIR /app
COPY . .
RUN npm ci

FROM node:22-alpine
WORKDIR /srv
COPY --from=build /app .
ENTRYPOINT ["./bin/entrypoint.sh"]
CMD ["node", "server.js"]
