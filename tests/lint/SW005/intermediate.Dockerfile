FROM alpine:3.23 AS base
CMD ['/app']

FROM base
COPY app /app
CMD ["/app"]
