# expect: does not start
# says: no matching entries in passwd file
# finding: SW021
FROM alpine:3.20
COPY app.js /app.js
USER web
