# expect: works
FROM scratch
ADD files.tar /data/
COPY --from=busybox:musl /bin/cat /bin/cat
CMD ["/bin/cat", "/data/hello"]
