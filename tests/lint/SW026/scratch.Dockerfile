FROM scratch
USER 1000:1000
COPY --chown=root . /
ADD --chown=0:root x /x
ENTRYPOINT ["/app"]
