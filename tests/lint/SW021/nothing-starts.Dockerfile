FROM gcr.io/distroless/static-debian13 AS base
USER web
FROM base
USER 65532
ENTRYPOINT ["/app"]
