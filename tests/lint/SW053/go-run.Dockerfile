FROM golang:1.27-alpine
WORKDIR /src
COPY . .
RUN go mod download
CMD go run ./cmd/web -verbose
