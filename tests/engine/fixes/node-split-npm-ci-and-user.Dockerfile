# expect: works
# fix: SW053
# says: hello
FROM node:22-alpine
ENV NODE_ENV=production
WORKDIR /srv/shop
COPY package.json ./
RUN npm install --offline && npm cache verify
COPY . .
EXPOSE 8080
USER 1000
CMD ["node", "app.js"]
