FROM registry.access.redhat.com/ubi9/ubi-micro:9.6
COPY server /server
CMD ["/server"]
