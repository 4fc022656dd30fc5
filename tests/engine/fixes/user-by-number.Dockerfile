# expect: does not start
# fix: SW021
# says: hello
FROM gcr.io/distroless/static-debian13
COPY busybox /bin/busybox
USER app
CMD ["/bin/busybox", "echo", "hello"]
