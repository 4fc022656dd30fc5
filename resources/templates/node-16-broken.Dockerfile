# Broken on purpose: it builds, and then the container does not start.
#
# CMD without brackets is the shell form. Under the image's own entrypoint, node, it becomes
#   node /bin/sh -c "node server.js"
# and node finds no script called /bin/sh. CMD ["server.js"] is right here.
#
# gcr.io/distroless/nodejs:16 is a tag frozen since March 2023: it can still be pulled, but nothing in
# it has been updated since. Node 16 itself ended in September 2023. Today the version is part of the
# image's name, as in gcr.io/distroless/nodejs22-debian13.

FROM node:16 AS build-env
WORKDIR /app
COPY package*.json ./
RUN npm ci --only=production
COPY . .

FROM gcr.io/distroless/nodejs:16
WORKDIR /app
COPY --from=build-env /app /app
EXPOSE 3000
CMD node server.js
