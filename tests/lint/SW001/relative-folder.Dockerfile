FROM alpine:3.23 AS build

FROM gcr.io/distroless/static-debian12:nonroot
WORKDIR /srv
RUN mkdir logs
COPY app .
ENTRYPOINT ["/srv/app"]
