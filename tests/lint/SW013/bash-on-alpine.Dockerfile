FROM alpine:3.23
COPY <<EOF /run.sh
#!/bin/bash
echo hello
EOF
RUN chmod +x /run.sh
CMD ["/run.sh"]
