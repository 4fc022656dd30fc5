# expect: works
FROM node:22-alpine
WORKDIR /app
COPY app.js package.json ./
CMD ["npm", "start"]
