FROM alpine:3.23
RUN ["apk" "add", "--no-cache", "curl"]
CMD ["sleep", "10"]
