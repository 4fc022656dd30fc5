FROM gcr.io/distroless/nodejs22-debian12
COPY . /app
WORKDIR /app
CMD node server.js
