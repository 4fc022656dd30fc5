FROM golang:1.27-alpine
RUN apk add build-base
WORKDIR /src
COPY . .
RUN CGO_ENABLED=1 go build -o app .
ENTRYPOINT ["./app"]
