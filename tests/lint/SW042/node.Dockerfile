FROM gcr.io/distroless/nodejs:20
COPY app.js .
CMD ["app.js"]
