FROM gcr.io/distroless/nodejs24-debian13:nonroot
HEALTHCHECK --interval=10s CMD ["curl", "-f", "http://localhost:3000/"]
CMD ["/server.js"]
