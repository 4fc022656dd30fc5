# expect: does not start
# says: no matching entries in group file
# finding: SW022
FROM scratch
COPY busybox /busybox
USER 1000:web
CMD ["/busybox", "true"]
