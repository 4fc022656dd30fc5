# syntax=docker/dockerfile:1

# A Python app in an image without a shell and without pip.

# build has the same minor version as the image below, 3.13: compiled packages fit no other.
FROM python:3.13-slim-trixie AS build
WORKDIR /app
COPY requirements.txt .
# A plain folder instead of a virtual environment, which would point to /usr/local/bin/python.
RUN --mount=type=cache,target=/root/.cache/pip pip install --target=/packages -r requirements.txt

# final has Python at /usr/bin/python3.13 and nothing to start a shell with.
FROM gcr.io/distroless/python3-debian13:nonroot AS final
ENV PYTHONPATH=/packages PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=build /packages /packages
COPY . .
EXPOSE 8000
# The entrypoint is Python, so CMD lists the script only.
CMD ["main.py"]
