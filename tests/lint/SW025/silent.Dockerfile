FROM gcr.io/distroless/static-debian13:nonroot AS a
ENTRYPOINT ["/a"]
FROM gcr.io/distroless/static-debian13 AS b
USER 1000
ENTRYPOINT ["/a"]
FROM alpine:3.22 AS c
CMD ["sh"]
FROM scratch
ENTRYPOINT ["/a"]
