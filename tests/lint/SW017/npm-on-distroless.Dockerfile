FROM node:24-trixie-slim AS build
WORKDIR /app
COPY . .
RUN npm ci

FROM gcr.io/distroless/nodejs24-debian13
WORKDIR /app
COPY --from=build /app .
CMD ["npm", "start"]
