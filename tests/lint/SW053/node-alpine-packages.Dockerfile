FROM node:22-alpine
RUN apk add --no-cache python3 make g++
WORKDIR /app
COPY . .
RUN npm ci
CMD ["node", "index.js"]
