# expect: does not start
# says: Cannot find module
# finding: SW015
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js .
CMD ["node", "app.js"]
