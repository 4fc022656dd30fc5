FROM python:3.12-slim AS build
RUN pip install --target /deps flask

FROM gcr.io/distroless/python3-debian13
WORKDIR /app
COPY --from=build /deps /deps
COPY app.py .
ENV PYTHONPATH=/deps
CMD ["app.py"]
