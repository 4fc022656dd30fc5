FROM scratch AS folder
WORKDIR /srv
COPY --chown=app app /srv/app
ENTRYPOINT ["/srv/app"]

FROM scratch
COPY data /data
COPY --chown=app app /app
ENTRYPOINT ["/app"]
