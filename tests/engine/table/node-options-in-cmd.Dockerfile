# expect: works
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js .
CMD ["--enable-source-maps", "app.js"]
