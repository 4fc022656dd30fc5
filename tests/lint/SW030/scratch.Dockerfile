FROM scratch
USER app
WORKDIR /data
COPY server /server
ENTRYPOINT ["/server"]
