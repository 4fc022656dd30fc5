FROM golang:1.27 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /out/app

FROM gcr.io/distroless/static-debian12
RUN mkdir /app
COPY --from=build /out/app /app/app
ENTRYPOINT ["/app/app"]
