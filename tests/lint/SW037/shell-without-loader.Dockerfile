FROM gcr.io/distroless/static-debian13
RUN --mount=type=bind,from=alpine:3.23,source=/bin,target=/bin mkdir /data
ENTRYPOINT ["/app"]
