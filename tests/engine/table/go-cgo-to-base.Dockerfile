# expect: works
FROM golang:1.24-bookworm AS build
WORKDIR /src
RUN go build -o /app .
FROM gcr.io/distroless/base-debian12
COPY --from=build /app /app
ENTRYPOINT ["/app"]
