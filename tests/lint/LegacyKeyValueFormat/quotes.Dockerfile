FROM alpine
ENV TEXT it\'s "so" \
  far
CMD ["x"]
