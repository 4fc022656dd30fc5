# expect: works
FROM gcr.io/distroless/static-debian12
RUN --mount=from=busybox:musl,target=/tools ["/tools/bin/sh", "-c", "/tools/bin/mkdir -p /data"]
COPY --from=busybox:musl /bin/ls /bin/ls
CMD ["/bin/ls", "/data"]
