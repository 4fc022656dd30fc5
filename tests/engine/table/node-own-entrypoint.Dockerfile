# expect: works
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js .
ENTRYPOINT ["/nodejs/bin/node", "app.js"]
