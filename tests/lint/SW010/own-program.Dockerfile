FROM scratch
COPY app /app
HEALTHCHECK --interval=30s --timeout=3s CMD /app health || exit 1
ENTRYPOINT ["/app"]
