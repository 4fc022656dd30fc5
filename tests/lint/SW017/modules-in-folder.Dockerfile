# The folder of the project holds the modules under their names.
FROM python:3.13-slim-trixie AS build
WORKDIR /app
COPY . .
RUN pip install --target=/app -r requirements.txt

FROM gcr.io/distroless/python3-debian13
WORKDIR /app
COPY --from=build /app .
CMD ["uvicorn", "main:app"]
