FROM gcr.io/distroless/static-debian13:nonroot
ENV CONFIG=/etc/app.yaml
COPY app /app
ENTRYPOINT ["/app", "--config=${CONFIG}"]
