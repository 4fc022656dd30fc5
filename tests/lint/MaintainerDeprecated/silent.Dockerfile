FROM alpine
LABEL maintainer="Ada"
