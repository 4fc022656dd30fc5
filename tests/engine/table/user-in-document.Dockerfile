# expect: works
FROM scratch
COPY <<EOF /etc/passwd
web:x:10001:10001::/:/sbin/nologin
EOF
COPY busybox /busybox
USER web
CMD ["/busybox", "true"]
