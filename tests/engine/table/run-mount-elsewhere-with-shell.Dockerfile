# expect: works
FROM gcr.io/distroless/static-debian12
SHELL ["/tools/bin/sh", "-c"]
RUN --mount=from=busybox:musl,target=/tools /tools/bin/mkdir -p /data
COPY --from=busybox:musl /bin/ls /bin/ls
CMD ["/bin/ls", "/data"]
