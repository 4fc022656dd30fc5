# expect: does not start
# says: no matching entries in passwd file
# finding: SW021
FROM gcr.io/distroless/static-debian12 AS common
USER appuser
FROM common
COPY busybox /app/busybox
CMD ["/app/busybox", "true"]
