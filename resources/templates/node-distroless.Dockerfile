# syntax=docker/dockerfile:1

# A Node service: built where npm is, run where only node is.

# build has npm and a shell. Nothing of it reaches the final image unless it is copied there.
FROM node:22-trixie-slim AS build
WORKDIR /app
# The package files come first: while they stay the same, the next step comes from the cache.
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

# final has no shell and no npm. It is Debian like the builder, so native add-ons load.
FROM gcr.io/distroless/nodejs22-debian13:nonroot AS final
ENV NODE_ENV=production
# WORKDIR makes the folder by itself: no RUN mkdir is needed, and none would work here.
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
EXPOSE 3000
# The image's entrypoint is node already, so CMD lists the script only.
CMD ["dist/server.js"]
