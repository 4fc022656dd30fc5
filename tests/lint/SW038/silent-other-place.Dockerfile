FROM golang:1.27-alpine AS build
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENV SSL_CERT_FILE=/bundle
COPY bundle /bundle
ENTRYPOINT ["/app"]
