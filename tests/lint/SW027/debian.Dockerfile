FROM debian:trixie
COPY --link --chown=www-data:www-data site /srv
