FROM gcr.io/distroless/static-debian13:nonroot
COPY --link --chown=nonroot app /app
ENTRYPOINT ["/app"]
