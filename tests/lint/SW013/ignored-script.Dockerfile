# What .dockerignore leaves out may not be what is copied.
FROM node:22-alpine
WORKDIR /app
COPY . .
ENTRYPOINT ["/app/scripts/run"]
