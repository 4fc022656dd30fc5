FROM gcr.io/distroless/static-debian12
SHELL ["/bin/bash", "-c"]
COPY app /app
ENTRYPOINT ["/app"]
