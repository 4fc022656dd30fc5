FROM python:3.13-slim-trixie
WORKDIR /app
COPY . .
ENTRYPOINT ["python3"]
CMD app.py --debug
