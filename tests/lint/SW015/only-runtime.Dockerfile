FROM gcr.io/distroless/nodejs24-debian13:nonroot
CMD ["node"]
