FROM scratch
COPY files /
USER app
