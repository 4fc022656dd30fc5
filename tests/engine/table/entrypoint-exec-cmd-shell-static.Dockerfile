# expect: does not start
# says: invalid option
# The program is given /bin/sh, -c and the text as its arguments.
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
ENTRYPOINT ["/app/busybox", "cat"]
CMD hello
