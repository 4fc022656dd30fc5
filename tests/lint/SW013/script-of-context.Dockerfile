FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM gcr.io/distroless/static-debian13
COPY --from=build /app /app
COPY docker/start /start
ENTRYPOINT ["/start"]
