# syntax=docker/dockerfile:1

# A Node app without a build step: install in one stage, run in another.

# build installs what package-lock.json lists, without the development packages.
FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY . .

# final keeps the app and its packages. The version is in the image's name, so it still gets updates.
FROM gcr.io/distroless/nodejs22-debian13 AS final
# A folder that the app writes to: WORKDIR made it, and numeric ids need no user list.
WORKDIR /app
COPY --from=build --chown=65532:65532 /app /app
# A number, because an orchestrator cannot tell whether a name is root.
USER 65532:65532
EXPOSE 3000
# Not ["node", "server.js"]: the entrypoint is node, and it would look for a script called node.
CMD ["server.js"]
