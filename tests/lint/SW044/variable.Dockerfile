FROM alpine:3.23
ARG PORT=443
COPY server /server
EXPOSE $PORT
USER 1000:1000
CMD ["/server"]
