FROM --platform=$BUILDPLATFORM alpine
CMD ["x"]
