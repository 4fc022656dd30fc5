# expect: works
FROM scratch
COPY --from=busybox:musl /bin/sh /bin/sh
CMD echo hello
