FROM alpine:3.23
RUN ["apt-get", "update"]
