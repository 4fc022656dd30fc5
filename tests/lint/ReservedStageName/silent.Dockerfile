FROM alpine AS scratches
CMD ["x"]
