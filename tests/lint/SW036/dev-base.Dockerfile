FROM cgr.dev/chainguard/python:latest-dev
WORKDIR /app
COPY . .
RUN pip install flask
ENTRYPOINT ["python", "app.py"]
