FROM --platform=${TARGETPLATFORM} alpine AS a
CMD ["x"]
