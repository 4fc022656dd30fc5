# expect: works
FROM golang:1.24-bookworm AS build
WORKDIR /src
RUN CGO_ENABLED=0 go build -o /app .
FROM gcr.io/distroless/static-debian12
COPY --from=build /app /app
ENTRYPOINT ["/app"]
