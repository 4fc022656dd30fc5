FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN go mod download
RUN go build -o /server ./cmd/server

FROM scratch
COPY --from=build /server /server
ENTRYPOINT ["/server"]
