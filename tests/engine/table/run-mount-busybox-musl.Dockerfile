# expect: works
FROM gcr.io/distroless/static-debian12
RUN --mount=type=bind,from=busybox:musl,source=/bin,target=/bin mkdir -p /data && echo hello > /data/hello
COPY --from=busybox:musl /bin/cat /bin/cat
CMD ["/bin/cat", "/data/hello"]
