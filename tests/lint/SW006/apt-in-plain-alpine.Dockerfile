FROM alpine:3.23
RUN DEBIAN_FRONTEND=noninteractive apt-get update \
    && apt-get install -y build-essential \
    && rm -rf /var/lib/apt/lists/*
