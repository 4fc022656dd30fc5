FROM alpine:3.23
ENV TZ=Europe/Berlin
COPY app /app
CMD ["/app"]
