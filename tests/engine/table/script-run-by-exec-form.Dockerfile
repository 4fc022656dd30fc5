# expect: build fails
# says: no such file or directory
# finding: SW013
FROM gcr.io/distroless/static-debian12
COPY --chmod=755 <<EOF /setup.sh
#!/bin/sh
echo hello
EOF
RUN ["/setup.sh"]
