FROM alpine
WORKDIR app
CMD ["x"]
