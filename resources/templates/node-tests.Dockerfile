# syntax=docker/dockerfile:1

# Tests beside the build: "docker build --target test ." runs them,
# a plain "docker build ." skips them, because the final stage does not need them.

# deps is shared by the stages that follow.
FROM node:22-trixie-slim AS deps
WORKDIR /app
COPY package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm npm ci

# build makes the files that are shipped.
FROM deps AS build
COPY . .
RUN npm run build && npm prune --omit=dev

# test has the development packages that the final image does without.
FROM deps AS test
COPY . .
RUN npm test

# final takes nothing from test.
FROM gcr.io/distroless/nodejs22-debian13:nonroot AS final
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
EXPOSE 3000
CMD ["dist/server.js"]
