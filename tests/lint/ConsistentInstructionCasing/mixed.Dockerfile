FROM alpine
Run make
CMD ["x"]
