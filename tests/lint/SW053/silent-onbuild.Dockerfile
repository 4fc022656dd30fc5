FROM node:22
WORKDIR /app
ONBUILD COPY . .
RUN npm install -g pm2
CMD ["node", "server.js"]
