# expect: works
FROM debian:bookworm-slim
RUN apt-get --version && rm -rf /var/lib/apt/lists/*
CMD ["true"]
