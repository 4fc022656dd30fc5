FROM alpine:3.23
COPY app /app
ENTRYPOINT []
