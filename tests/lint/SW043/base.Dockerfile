FROM golang:1.27-bookworm AS build
RUN go build -o /app
FROM gcr.io/distroless/base:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]
