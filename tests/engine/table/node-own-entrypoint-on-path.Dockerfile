# expect: works
FROM gcr.io/distroless/nodejs22-debian13
ENV PATH=/nodejs/bin:$PATH
WORKDIR /app
COPY app.js .
ENTRYPOINT ["node", "app.js"]
