FROM node:22 AS deps
WORKDIR /app
COPY package.json .
RUN npm install bcrypt express

FROM node:22-alpine
WORKDIR /app
COPY --from=deps /app/node_modules ./node_modules
COPY app.js .
CMD ["node", "app.js"]
