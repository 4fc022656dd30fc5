FROM node:22
ONBUILD RUN npm ci

FROM gcr.io/distroless/nodejs22-debian12
ONBUILD RUN ["/app", "check"]
ONBUILD COPY . /app

FROM example.com/unknown
ONBUILD RUN npm ci
