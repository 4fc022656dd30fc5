FROM alpine:3.23
COPY server /server
USER 1000
EXPOSE 80
CMD ["/server"]
