FROM golang:1.27 AS builder
RUN go build -o /app

FROM scratch
COPY --from=bilder /app /app
ENTRYPOINT ["/app"]
