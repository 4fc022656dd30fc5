FROM golang:1.27-alpine AS build
WORKDIR /src
COPY . .
RUN apt-get update && apt-get install -y make && make all
