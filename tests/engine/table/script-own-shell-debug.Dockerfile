# expect: works
FROM gcr.io/distroless/static-debian12:debug
COPY --chmod=755 <<EOF /entrypoint.sh
#!/busybox/sh
echo hello
EOF
ENTRYPOINT ["/entrypoint.sh"]
