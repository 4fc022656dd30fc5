FROM gcr.io/distroless/python3-debian13:nonroot
WORKDIR /app
COPY . .
CMD ["python3", "app.py"]
