# expect: build fails
# says: invalid user index: -1
# finding: SW026
# Where nothing is there yet, not even a folder to look for accounts in.
FROM scratch
COPY --chown=app busybox /app/busybox
CMD ["/app/busybox", "true"]
