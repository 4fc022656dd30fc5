FROM scratch
COPY app /app
HEALTHCHECK CMD ["/usr/bin/wget", "-q", "http://localhost/"]
ENTRYPOINT ["/app"]
