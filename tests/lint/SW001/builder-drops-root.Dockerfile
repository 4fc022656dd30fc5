FROM node:24-trixie-slim AS build
WORKDIR /app
COPY . .
RUN npm ci
USER node

FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app /srv
RUN touch /srv-ready
CMD ["/srv/app.js"]
