FROM alpine:3.23
COPY app /app
HEALTHCHECK --interval=5s CMD ['/app', 'health']
CMD ["/app"]
