# expect: does not start
# fix: SW015
# says: hello
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js .
CMD ["node", "app.js"]
