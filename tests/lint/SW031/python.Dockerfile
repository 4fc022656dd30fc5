FROM python:3.13-alpine AS build
RUN python -m venv /venv && /venv/bin/pip install flask cryptography

FROM python:3.13-slim
COPY --from=build /venv /venv
COPY app.py /
CMD ["/venv/bin/python", "/app.py"]
