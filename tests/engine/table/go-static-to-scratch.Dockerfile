# expect: works
FROM golang:1.24-bookworm AS build
WORKDIR /src
ENV CGO_ENABLED=0
RUN go build -o /app .
FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
