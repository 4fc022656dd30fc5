FROM gcr.io/distroless/nodejs24-debian13
COPY server.js /app/
# is it there?
HEALTHCHECK CMD wget -q --spider localhost:3000/health || exit 1
CMD ["/app/server.js"]
