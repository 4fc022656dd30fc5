FROM gcr.io/distroless/static-debian12
COPY app /app
CMD exec /app \
    # the port that the load balancer knows
    --port 8080 \
    --quiet
