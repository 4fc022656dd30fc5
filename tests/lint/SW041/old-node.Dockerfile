FROM gcr.io/distroless/nodejs:16
COPY app.js .
CMD ["app.js"]
