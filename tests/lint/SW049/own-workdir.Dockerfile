FROM gcr.io/distroless/nodejs24-debian13
WORKDIR /home/nonroot
COPY . .
USER 10001:10001
CMD ["server.js"]
