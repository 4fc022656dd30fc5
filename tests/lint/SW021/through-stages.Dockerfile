FROM gcr.io/distroless/base-debian13 AS base
USER web
FROM base
CMD ["/app"]
