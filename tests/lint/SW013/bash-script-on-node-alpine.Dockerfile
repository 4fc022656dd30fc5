FROM node:22-alpine
COPY <<EOF /entrypoint.sh
#!/bin/bash
exec "$@"
EOF
RUN chmod +x /entrypoint.sh
ENTRYPOINT ["/entrypoint.sh"]
CMD ["node", "server.js"]
