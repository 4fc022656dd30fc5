FROM alpine
EXPOSE 53/udp 80
CMD ["x"]
