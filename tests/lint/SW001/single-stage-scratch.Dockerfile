FROM scratch
COPY hello /
RUN mkdir -p /var/lib/hello /var/log/hello
ENTRYPOINT ["/hello"]
