# expect: works
# fix: SW053
# says: hello
FROM node:22-alpine
WORKDIR /app
COPY package.json ./
RUN npm install --omit=dev --offline
COPY app.js ./
CMD ["node", "app.js"]
