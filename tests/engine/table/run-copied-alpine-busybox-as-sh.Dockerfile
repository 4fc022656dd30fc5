# expect: build fails
# says: exec /bin/sh: no such file or directory
# finding: SW035
# needs: musl
FROM scratch
COPY --from=alpine:3.20 /bin/busybox /bin/sh
RUN echo hello
