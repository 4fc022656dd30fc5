# expect: does not start
# says: No such file or directory
# finding: SW048
# severity: info
FROM scratch
COPY files.tar /data/
COPY --from=busybox:musl /bin/cat /bin/cat
CMD ["/bin/cat", "/data/hello"]
