FROM node:22-bookworm AS build
WORKDIR /usr/src/app
COPY . .
RUN npm ci

FROM gcr.io/distroless/nodejs22-debian12
COPY --from=build /usr/src/app /usr/src/app
EXPOSE 8080
CMD ["index.js"]
