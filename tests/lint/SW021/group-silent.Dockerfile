FROM alpine:3.23 AS a
RUN addgroup -S web
USER nobody:web
CMD ["id"]

FROM gcr.io/distroless/static-debian13 AS b
USER nonroot:staff
CMD ["/app"]

FROM node:22 AS c
USER node:web
CMD ["node"]

FROM debian:trixie-slim AS d
COPY <<EOF /etc/group
web:x:1000:
EOF
USER nobody:web
CMD ["id"]
