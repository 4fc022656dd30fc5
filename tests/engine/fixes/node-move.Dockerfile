# expect: build fails
# fix: SW001
# says: hello written
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json write.js ./
RUN npm install --omit=dev --offline

FROM gcr.io/distroless/nodejs22-debian13:nonroot
WORKDIR /app
COPY --from=build /app /app
RUN mkdir -p /data && chown 65532:65532 /data
CMD ["write.js"]
