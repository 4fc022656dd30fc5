# expect: works
FROM scratch
COPY <<EOF /etc/app.conf
mode=production
EOF
COPY --from=busybox:musl /bin/cat /bin/cat
CMD ["/bin/cat", "/etc/app.conf"]
