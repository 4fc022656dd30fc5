FROM golang:1.27 AS build
RUN go build -o /app .

FROM gcr.io/distroless/base-debian12:nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]
