# expect: works
FROM scratch
COPY <<EOF /etc/passwd
app:x:10001:10001::/:/sbin/nologin
EOF
COPY busybox /app/busybox
USER app
CMD ["/app/busybox", "true"]
