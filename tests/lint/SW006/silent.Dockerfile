FROM alpine:3.23 AS a
RUN apk add --no-cache curl
RUN command -v apt-get && apt-get update || apk update
RUN if [ -f /etc/debian_version ]; then apt-get update; else apk update; fi
RUN which apt-get && apt-get install -y curl; true
RUN apt-get update || true
RUN echo "use apt-get install curl"

FROM debian:trixie-slim AS b
RUN apt-get update && apt-get install -y curl
RUN sudo dpkg -i /x.deb

FROM alpine:3.23 AS c
RUN apk add dpkg apt
RUN apt-get --version

FROM registry.example.com/base AS d
RUN apk add curl && apt-get install curl

FROM gcr.io/distroless/static-debian13 AS e
RUN apt-get update

FROM debian:trixie-slim AS f
COPY --from=a / /
RUN apk add curl

FROM alpine:3.23
RUN --mount=type=bind,from=b,source=/usr/bin,target=/usr/bin apt-get --version
SHELL ["/usr/bin/python3", "-c"]
RUN apt-get update
