FROM alpine
EXPOSE 53/UDP 80/Tcp 443/tcp
CMD ["x"]
