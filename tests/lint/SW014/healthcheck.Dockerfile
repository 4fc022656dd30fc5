FROM alpine:3.23
COPY app /app
HEALTHCHECK CMD ["wget", "-q", "http://localhost:$PORT/"]
CMD ["/app"]
