FROM gcr.io/distroless/static-debian13
COPY app /app
HEALTHCHECK --interval=10s CMD ["curl", "-f", "http://localhost:8080/healthz"]
CMD ["/app"]
