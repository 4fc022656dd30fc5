# The list that is copied holds app and nothing else.
FROM gcr.io/distroless/static-debian13
COPY <<EOF /etc/passwd
app:x:10001:10001::/:/sbin/nologin
EOF
COPY app /app
USER web
ENTRYPOINT ["/app"]
