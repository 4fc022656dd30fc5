# expect: does not start
# says: stat /bin/sh
FROM gcr.io/distroless/static-debian12:debug
ENTRYPOINT echo hello
