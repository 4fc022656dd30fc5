# expect: build fails
# says: exec /bin/sh: no such file or directory
# finding: SW037
# needs: musl
FROM gcr.io/distroless/static-debian12
RUN --mount=from=alpine:3.20,source=/bin,target=/bin echo hello
