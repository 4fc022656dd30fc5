FROM gcr.io/distroless/static-debian13:debug-nonroot
COPY app /app
CMD ["/app", "--port", "80"]
