# expect: build fails
# says: stat /bin/sh
# finding: SW001
FROM gcr.io/distroless/static-debian12
RUN --mount=from=busybox:musl,target=/tools mkdir -p /data
