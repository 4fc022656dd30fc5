# expect: build fails
# says: stat /bin/sh
# finding: SW001
FROM gcr.io/distroless/static-debian12
RUN --mount=from=busybox:musl,source=/bin,target=/bin echo hello
RUN echo again
