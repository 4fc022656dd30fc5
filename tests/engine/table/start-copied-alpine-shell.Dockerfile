# expect: does not start
# says: exec /bin/sh: no such file or directory
# finding: SW035
# needs: musl
FROM gcr.io/distroless/static-debian12
COPY --from=alpine:3.20 /bin/sh /bin/sh
CMD echo hello
