# expect: build fails
# says: exec /bin/sh: no such file or directory
# finding: SW035
# needs: musl
FROM gcr.io/distroless/static-debian12
COPY --from=busybox:latest /bin/sh /bin/sh
RUN echo hello
