FROM node:22-alpine AS build
WORKDIR /srv
RUN npm install
FROM gcr.io/distroless/nodejs
COPY --from=build /srv/node_modules /srv/node_modules
CMD ["/srv/index.js"]
