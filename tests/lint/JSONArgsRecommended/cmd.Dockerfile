FROM alpine
CMD node server.js --port 80
