FROM alpine:3.23
RUN ["apk", "update", "&&", "apk", "add", "curl"]
