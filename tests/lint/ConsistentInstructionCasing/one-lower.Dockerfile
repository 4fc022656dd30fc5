FROM alpine
run make
CMD ["x"]
