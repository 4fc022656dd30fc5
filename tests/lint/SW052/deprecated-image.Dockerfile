FROM node:22-bookworm AS build
WORKDIR /usr/src/app
COPY . .
RUN npm ci

FROM gcr.io/distroless/nodejs22-debian12
COPY --from=build /usr/src/app /usr/src/app
EXPOSE 8080
CMD ["index.js"]

FROM gcr.io/distroless/nodejs22-debian12:nonroot AS home
COPY --from=build /usr/src/app /home/nonroot
CMD ["index.js"]
