FROM gcr.io/distroless/nodejs24-debian13
COPY app.js /app/
COPY --chmod=755 <<EOF /start.sh
#!/bin/sh
exec node /app/app.js
EOF
ENTRYPOINT ["/start.sh"]
