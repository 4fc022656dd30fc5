FROM debian:trixie-slim AS build
RUN mkdir -p /opt/files /srv/x && chown -R 1000:1000 /opt/files && chown root /srv/x

FROM gcr.io/distroless/static-debian13:nonroot AS a
COPY --from=build --chown=65532:65532 /opt/files /opt/files
COPY --from=build /srv/x /srv/x
ENTRYPOINT ["/app"]

# Runs as root.
FROM debian:trixie-slim AS b
COPY --from=build /opt/files /opt/files
ENTRYPOINT ["/app"]

# The folder is there before, and keeps its owner.
FROM debian:trixie-slim AS c
USER 1000
WORKDIR /opt/files
COPY --from=build /opt/files /opt/files
CMD ["/app"]

# The folder above keeps what is in it.
FROM gcr.io/distroless/static-debian13:nonroot AS d
COPY --from=build /srv /srv
ENTRYPOINT ["/app"]

FROM debian:trixie-slim
COPY --from=build /opt/files /opt/files
RUN chown 1000 /opt/files
USER 1000
CMD ["/app"]
