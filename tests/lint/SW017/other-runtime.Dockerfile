FROM gcr.io/distroless/python3-debian13 AS a
COPY . /app
WORKDIR /app
CMD ["pip", "list"]

FROM gcr.io/distroless/nodejs24-debian13
COPY . /app
WORKDIR /app
CMD ["python3", "app.py"]
