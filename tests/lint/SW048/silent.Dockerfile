FROM gcr.io/distroless/static-debian13 AS a
ADD site.tar.gz /srv/www/
COPY data.tar /data.tar
COPY notes.txt /
ENTRYPOINT ["/app", "/data.tar"]
FROM alpine:3.23 AS b
COPY site.tar.gz /srv/
RUN tar -C /srv -xf /srv/site.tar.gz
FROM scratch AS files
COPY all.tar /
FROM alpine:3.23
COPY --from=files /all.tar /
