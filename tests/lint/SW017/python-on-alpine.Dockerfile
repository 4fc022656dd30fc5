FROM alpine:3.23
WORKDIR /app
COPY . .
CMD ["python", "app.py"]
