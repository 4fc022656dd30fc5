FROM gcr.io/distroless/base-debian13
WORKDIR /app
COPY . .
COPY docker-entrypoint.sh app /
ENTRYPOINT ["/docker-entrypoint.sh"]
