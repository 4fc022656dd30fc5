FROM alpine:3.23 AS build
RUN apk add --no-cache go ca-certificates
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /app .

FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
