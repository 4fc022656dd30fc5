FROM scratch
COPY app /app
ENTRYPOINT exec /app "$@"
