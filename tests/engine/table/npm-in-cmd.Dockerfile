# expect: does not start
# says: Cannot find module
# finding: SW017
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js package.json ./
CMD ["npm", "start"]
