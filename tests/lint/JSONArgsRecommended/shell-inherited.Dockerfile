FROM alpine AS a
SHELL ["/bin/ash", "-c"]
FROM a
CMD node server.js
