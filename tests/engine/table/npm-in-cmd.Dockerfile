# expect: does not start
# says: Cannot find module
# finding: SW017
# gap: SW017 does not tell npm from a file of that name while the context is not read
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js package.json ./
CMD ["npm", "start"]
