FROM alpine:3.23
USER 1000:web
CMD ["id"]
