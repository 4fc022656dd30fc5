ARG BASE=gcr.io/distroless/base-debian13:latest
FROM ${BASE}
COPY app /app
ENTRYPOINT ["/app"]
