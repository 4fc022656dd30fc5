FROM alpine:3.23
USER web
WORKDIR /srv/web
COPY . .
CMD ["./serve"]
