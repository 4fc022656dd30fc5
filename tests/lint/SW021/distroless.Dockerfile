FROM gcr.io/distroless/static-debian13
COPY app /app
USER app
ENTRYPOINT ["/app"]
