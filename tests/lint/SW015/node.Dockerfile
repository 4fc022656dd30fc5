FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY app.js .
CMD ["node", "app.js"]
