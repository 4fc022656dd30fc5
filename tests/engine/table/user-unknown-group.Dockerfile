# expect: does not start
# says: no matching entries in group file
# finding: SW021
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
USER nonroot:staffers
CMD ["/app/busybox", "true"]
