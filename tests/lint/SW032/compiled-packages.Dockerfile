FROM python:3.11-slim-trixie AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev
RUN pip install --target /deps psycopg2

FROM python:3.11-slim-bookworm
COPY --from=build /deps /deps
ENV PYTHONPATH=/deps
CMD ["python", "app.py"]
