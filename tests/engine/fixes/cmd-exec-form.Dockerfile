# expect: does not start
# fix: SW007
# says: hello
FROM gcr.io/distroless/static-debian13
COPY busybox /bin/busybox
CMD /bin/busybox echo hello
