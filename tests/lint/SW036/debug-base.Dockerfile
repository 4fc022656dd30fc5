FROM golang:1.27 AS build
ENV CGO_ENABLED=0
RUN go build -o /app .

FROM gcr.io/distroless/static-debian13:debug-nonroot
COPY --from=build /app /app
ENTRYPOINT ["/app"]
