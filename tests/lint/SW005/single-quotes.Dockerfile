FROM alpine:3.23
COPY app /app
CMD ['/app', '--port', '80']
