FROM alpine
SHELL ["/bin/ash", "-c"]
CMD node server.js
