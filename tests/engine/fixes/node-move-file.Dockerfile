# expect: build fails
# fix: SW001
# says: hello
FROM node:22-alpine AS build
WORKDIR /app
COPY package.json ./
RUN npm install --omit=dev --offline

FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY --from=build /app /app
RUN echo 'console.log("hello")' > /app/made.js
CMD ["made.js"]
