FROM gcr.io/distroless/static-debian13 AS a
USER nonroot
ENTRYPOINT ["/a"]
FROM alpine:3.22 AS b
RUN adduser -D app
USER app
FROM example.com/x AS c
USER app
RUN x
FROM gcr.io/distroless/static-debian13 AS d
COPY --from=b /etc/passwd /etc/group /etc/
USER app
ENTRYPOINT ["/a"]
FROM debian:trixie AS e
RUN ./setup.sh
USER app
FROM debian:trixie AS f
USER 1000:1000
FROM debian:trixie AS g
ARG U
USER $U
FROM debian:trixie AS h
USER www-data
