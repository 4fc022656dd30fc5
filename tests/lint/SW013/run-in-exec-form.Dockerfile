FROM gcr.io/distroless/static-debian12
COPY --chmod=755 <<EOF /setup.sh
#!/bin/sh
echo hello
EOF
RUN ["/setup.sh"]
ENTRYPOINT ["/app"]
