FROM alpine AS a
FROM busybox AS b
CMD ["x"]
