# expect: build fails
# says: stat /bin/sh
# finding: SW001
FROM scratch
RUN echo hello
COPY --from=busybox:musl /bin/sh /bin/sh
