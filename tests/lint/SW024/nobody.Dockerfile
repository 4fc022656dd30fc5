FROM gcr.io/distroless/base-debian13
COPY app /app
USER nobody
ENTRYPOINT ["/app"]
