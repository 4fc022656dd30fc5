# expect: build fails
# says: unable to find user 65532
# finding: SW023
# severity: warning
# BuildKit of Docker 26; newer ones read as mended.
FROM scratch
COPY busybox /app/busybox
USER 65532
RUN ["/app/busybox", "true"]
