FROM gcr.io/distroless/nodejs24-debian13:nonroot
RUN ["sh", "-c", "echo hello > /x"]
CMD ["/a.js"]
