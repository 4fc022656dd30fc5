# expect: does not start
# finding: SW015
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js .
CMD ["/nodejs/bin/node", "app.js"]
