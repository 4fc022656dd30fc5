FROM python:3.13-slim-trixie AS build
WORKDIR /build
RUN python -m venv venv && venv/bin/pip install gunicorn

FROM python:3.13-slim-trixie
COPY --from=build /build/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
CMD ["gunicorn", "app:app"]
