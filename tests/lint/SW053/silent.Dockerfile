# Two stages already.
FROM node:22 AS build
WORKDIR /app
COPY . .
RUN npm ci
CMD ["node", "x.js"]

FROM gcr.io/distroless/nodejs22-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
CMD ["server.js"]
