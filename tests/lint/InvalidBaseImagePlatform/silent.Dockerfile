FROM --platform=linux/arm64 arm64v8/alpine AS a-arm64
FROM alpine
FROM amd64/alpine
CMD ["x"]
