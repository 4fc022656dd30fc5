FROM --platform=$TARGETPLATFORM alpine
CMD ["x"]
