FROM scratch
COPY <<EOF /app
$WHAT
EOF
CMD ["/app"]
