# expect: works
FROM scratch
COPY --from=busybox:musl /bin/busybox /bin/busybox
RUN ["/bin/busybox", "mkdir", "/data"]
CMD ["/bin/busybox", "ls", "/data"]
