FROM gcr.io/distroless/static-debian12:debug
SHELL ["/busybox/sh", "-c"]
HEALTHCHECK CMD wget -q -O - http://localhost/
ENTRYPOINT ["/app"]
