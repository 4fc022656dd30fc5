FROM scratch
COPY server /usr/bin/server
ENTRYPOINT ["/usr/bin/sever"]
