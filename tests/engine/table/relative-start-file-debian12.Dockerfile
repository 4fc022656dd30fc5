# expect: does not start
# says: Cannot find module
# finding: SW052
FROM node:22-alpine AS build
WORKDIR /usr/src/app
COPY app.js .
FROM gcr.io/distroless/nodejs22-debian12
COPY --from=build /usr/src/app /usr/src/app
CMD ["app.js"]
