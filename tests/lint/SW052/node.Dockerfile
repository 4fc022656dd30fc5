FROM node:24-trixie-slim AS build
WORKDIR /app
COPY . .
RUN npm ci
FROM gcr.io/distroless/nodejs24-debian13
COPY --from=build /app /app
CMD ["app.js"]
