FROM node:22-alpine AS app
WORKDIR /usr/src/app
COPY . .
RUN npm install && npm run build
ENTRYPOINT ["node"]
CMD ["dist/main.js"]