FROM python:3.13-slim-trixie AS build
WORKDIR /app
COPY requirements.txt .
RUN pip install --prefix=/packages -r requirements.txt

FROM gcr.io/distroless/python3-debian13
WORKDIR /app
COPY --from=build /packages /packages
COPY . .
CMD ["uvicorn", "main:app", "--host", "0.0.0.0"]
