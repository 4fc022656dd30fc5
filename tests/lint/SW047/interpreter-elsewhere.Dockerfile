FROM python:3.13-slim-trixie AS build
RUN python -m venv /venv
RUN /venv/bin/pip install flask

FROM gcr.io/distroless/python3-debian13
COPY --from=build /venv /venv
COPY app.py /
ENTRYPOINT ["/venv/bin/python", "/app.py"]
