FROM golang:1.27 AS build
RUN go build -o /app
FROM gcr.io/distroless/static-debian13:nonroot
RUN ["mkdir", "-p", "/data"]
COPY --from=build /app /app
ENTRYPOINT ["/app"]
