# expect: build fails
# says: stat /bin/sh
# finding: SW004
FROM gcr.io/distroless/static-debian12
COPY --from=busybox:musl /bin/busybox /bin/busybox
RUN <<EOF
#!/bin/busybox sh
echo hello
EOF
