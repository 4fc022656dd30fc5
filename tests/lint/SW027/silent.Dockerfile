FROM debian:trixie
COPY --link --chown=33:33 a /a
COPY --chown=www-data b /b
COPY --link=false --chown=www-data c /c
ARG U=1
COPY --link --chown=$U d /d
