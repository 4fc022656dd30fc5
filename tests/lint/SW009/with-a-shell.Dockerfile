FROM alpine:3.23
COPY server /usr/local/bin/server
ENTRYPOINT ["server"]
CMD --port 80
