# expect: build fails
# fix: SW004
# says: hello
FROM gcr.io/distroless/static-debian13
COPY busybox /bin/busybox
RUN <<EOF
echo hello > /greeting
EOF
CMD ["/bin/busybox", "cat", "/greeting"]
