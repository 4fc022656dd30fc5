FROM scratch
ENTRYPOINT ["/app"]

FROM debian
ENTRYPOINT /app

FROM scratch AS base
ENTRYPOINT ["/app"]
