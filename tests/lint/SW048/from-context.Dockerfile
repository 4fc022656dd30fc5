FROM gcr.io/distroless/static-debian13
COPY site.tar.gz /srv/www/
COPY app /app
ENTRYPOINT ["/app"]
