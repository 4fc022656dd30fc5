FROM --platform=linux/arm64 alpine AS build-arm64
FROM --platform=windows/amd64 alpine AS windows-tools
FROM scratch
COPY --from=build-arm64 /x /
CMD ["/x"]
