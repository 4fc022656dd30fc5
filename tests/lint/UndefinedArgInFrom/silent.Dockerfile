ARG V
FROM --platform=$BUILDPLATFORM alpine:3$V
CMD ["x"]
