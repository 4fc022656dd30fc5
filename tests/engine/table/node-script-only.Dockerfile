# expect: works
FROM gcr.io/distroless/nodejs22-debian13
WORKDIR /app
COPY app.js .
CMD ["app.js"]
