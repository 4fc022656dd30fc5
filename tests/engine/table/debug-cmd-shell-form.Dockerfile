# expect: does not start
# says: syntax error
# The shell is given a shell to interpret.
FROM gcr.io/distroless/static-debian12:debug
SHELL ["/busybox/sh", "-c"]
CMD echo hello
