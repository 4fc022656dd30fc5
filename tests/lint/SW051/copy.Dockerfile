FROM golang:1.27 AS builder
RUN CGO_ENABLED=0 go build -o /app

FROM scratch
COPY --from=bilder /app /app
ENTRYPOINT ["/app"]
