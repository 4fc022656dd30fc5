FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY package*.json ./
RUN npm install --omit=dev
COPY . .
EXPOSE 3000
CMD ["server.js"]
