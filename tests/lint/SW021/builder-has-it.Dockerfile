FROM golang:1.27 AS build
RUN useradd app && go build -o /app
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
USER app:app
ENTRYPOINT ["/app"]
