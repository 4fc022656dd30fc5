FROM scratch
COPY etc/ /etc/
COPY app /app
USER app:app
ENTRYPOINT ["/app"]
