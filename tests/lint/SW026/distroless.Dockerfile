FROM golang:1.27 AS build
RUN useradd app
FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build --chown=app:app /data /data
ENTRYPOINT ["/app"]
