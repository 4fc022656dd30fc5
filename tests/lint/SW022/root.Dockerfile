FROM scratch
COPY app /app
USER root
ENTRYPOINT ["/app"]
