# expect: works
FROM gcr.io/distroless/static-debian12
COPY --from=busybox:musl /bin/sh /bin/sh
COPY --chmod=755 <<EOF /entrypoint.sh
#!/bin/sh
echo hello
EOF
ENTRYPOINT ["/entrypoint.sh"]
