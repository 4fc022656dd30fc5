FROM alpine:3.23 AS a
ENV TZ=UTC
CMD ["sleep", "1"]

FROM debian:trixie-slim AS b
ENV TZ=Europe/Berlin
CMD ["sleep", "1"]

FROM alpine:3.23 AS c
CMD ["sleep", "1"]

FROM registry.example.com/base AS d
ENV TZ=Europe/Berlin

FROM alpine:3.23
ENV TZ=Europe/Berlin
RUN apk add --no-cache curl tzdata
CMD ["sleep", "1"]
