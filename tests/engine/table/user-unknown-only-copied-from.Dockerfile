# expect: works
# Nothing runs in the first stage, and nobody starts it.
FROM alpine:3.20 AS files
COPY app.js /app.js
USER web
FROM alpine:3.20
COPY --from=files /app.js /app.js
CMD ["cat", "/app.js"]
