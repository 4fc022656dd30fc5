# expect: does not start
# fix: SW052
# says: hello
FROM node:22-alpine AS build
WORKDIR /app
COPY app.js .
FROM gcr.io/distroless/nodejs22-debian13
COPY --from=build /app /app
CMD ["app.js"]
