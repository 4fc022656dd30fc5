# expect: works
# Plain scripts do not care about the C library.
FROM node:22-alpine AS build
WORKDIR /app
COPY app.js package.json ./
RUN npm --version
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY --from=build /app /app
CMD ["app.js"]
