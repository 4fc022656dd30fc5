FROM golang:1.27
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -trimpath -o /usr/local/bin/server ./cmd/server
EXPOSE 8080
CMD ["server", "--port", "8080"]
