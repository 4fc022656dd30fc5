FROM golang:1.27-trixie AS build
RUN CGO_ENABLED=0 go build -o /app .

FROM gcr.io/distroless/static-debian13 AS used
COPY --from=build /app /app

FROM gcr.io/distroless/nodejs24-debian13 AS image-starts-node
COPY . .

FROM registry.example.com/base AS unknown
COPY . .

FROM gcr.io/distroless/static-debian13 AS starts
COPY --from=used /app /app
CMD ["/app"]

FROM scratch AS export
COPY --from=build /app /
