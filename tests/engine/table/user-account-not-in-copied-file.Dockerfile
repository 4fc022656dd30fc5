# expect: does not start
# says: no matching entries in passwd file
# finding: SW022
FROM scratch
COPY <<EOF /etc/passwd
app:x:10001:10001::/:/sbin/nologin
EOF
COPY busybox /app/busybox
USER web
CMD ["/app/busybox", "true"]
