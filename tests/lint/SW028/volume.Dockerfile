FROM node:24-trixie-slim
WORKDIR /app
COPY --chown=node:node . .
USER node
COPY seed.db /app/store/seed.db
VOLUME ["/app/store"]
CMD ["node", "app.js"]
