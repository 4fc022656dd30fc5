FROM golang:1.26 AS build
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
ENV HOME=/
COPY --from=build --chown=app:app /app /app
ENTRYPOINT ["/app"]
