FROM gcr.io/distroless/nodejs22-debian12:nonroot
COPY server.js /app/
CMD ["/app/server.js"]
