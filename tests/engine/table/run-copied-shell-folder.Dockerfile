# expect: works
FROM scratch
COPY --from=busybox:musl /bin /bin
RUN mkdir -p /data && echo hello > /data/hello
CMD ["/bin/cat", "/data/hello"]
