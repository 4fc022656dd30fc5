FROM gcr.io/distroless/python3-debian13:nonroot AS base
WORKDIR /app
COPY . .
FROM base
CMD ["/usr/bin/python3", "-m", "app"]
