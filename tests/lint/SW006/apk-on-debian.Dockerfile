FROM python:3.13-slim-trixie
WORKDIR /app
RUN apk add --no-cache curl
COPY . .
CMD ["python3", "app.py"]
