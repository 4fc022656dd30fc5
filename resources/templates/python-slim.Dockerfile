# syntax=docker/dockerfile:1

# A Python app: compilers stay in the builder, the finished environment moves on.

# build has what it takes to compile packages that come without a wheel.
FROM python:3.14-slim-trixie AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends build-essential \
    && rm -rf /var/lib/apt/lists/*
RUN python -m venv /venv
COPY requirements.txt .
RUN --mount=type=cache,target=/root/.cache/pip /venv/bin/pip install -r requirements.txt

# final is the same Python at the same path: an environment cannot be moved to another one.
FROM python:3.14-slim-trixie AS final
ENV PATH="/venv/bin:$PATH" PYTHONUNBUFFERED=1
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
USER 10001:10001
EXPOSE 8000
CMD ["python", "main.py"]
