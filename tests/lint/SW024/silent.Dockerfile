FROM gcr.io/distroless/static-debian13 AS a
USER nonroot
FROM a AS b
USER 65532
ENTRYPOINT ["/a"]
FROM gcr.io/distroless/static-debian13 AS c
USER root
ENTRYPOINT ["/a"]
FROM example.com/x
USER nonroot
