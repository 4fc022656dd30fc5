# expect: does not start
# says: no matching entries in passwd file
# finding: SW022
FROM scratch
COPY busybox /app/busybox
USER nobody
CMD ["/app/busybox", "true"]
