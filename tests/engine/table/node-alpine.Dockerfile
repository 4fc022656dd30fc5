# expect: works
FROM node:22-alpine
WORKDIR /app
COPY app.js .
CMD ["node", "app.js"]
