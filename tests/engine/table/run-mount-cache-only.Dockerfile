# expect: build fails
# says: stat /bin/sh
# finding: SW037
FROM gcr.io/distroless/static-debian12
RUN --mount=type=cache,target=/cache echo hello
