FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN go build -o /server ./cmd/server

FROM alpine:3.23
COPY --from=build /server /server
ENTRYPOINT ["/server"]
