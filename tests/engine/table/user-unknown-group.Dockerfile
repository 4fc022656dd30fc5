# expect: does not start
# gap: the groups of images are not in the catalogue
# says: no matching entries in group file
# finding: SW021
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
USER nonroot:staffers
CMD ["/app/busybox", "true"]
