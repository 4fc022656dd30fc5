# build makes the app
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build

FROM build AS test
RUN npm test

FROM gcr.io/distroless/nodejs22-debian13
COPY --from=build /app /app
WORKDIR /app
RUN mkdir /data
CMD ["dist/server.js"]
