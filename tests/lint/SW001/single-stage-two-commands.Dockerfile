FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
ENV NODE_ENV=production
COPY . .
RUN npm ci
# Makes dist
RUN npm run build
CMD ["dist/server.js"]
