FROM alpine:3.23 AS base
WORKDIR /app

FROM base
RUN apt-get install -y curl
