FROM gcr.io/distroless/static-debian13 AS base
WORKDIR /app

FROM base
COPY server /app/server
