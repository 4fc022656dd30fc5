# expect: does not start
# says: executable file not found
# finding: SW017
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js package.json ./
ENTRYPOINT ["npm", "start"]
