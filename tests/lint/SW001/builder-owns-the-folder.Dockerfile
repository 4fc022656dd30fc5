FROM golang:1.27 AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 go build -o /app/server

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /app/server /usr/local/bin/server
RUN mkdir -p /app && chown nonroot:nonroot /app
ENTRYPOINT ["/usr/local/bin/server"]
