FROM golang:1.27 AS build
RUN CGO_ENABLED=0 go build -o /app
FROM gcr.io/distroless/static-debian13
COPY --from=build /app /app
ENTRYPOINT ["/app"]
