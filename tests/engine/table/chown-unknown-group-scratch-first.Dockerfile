# expect: build fails
# says: invalid user index: -1
# finding: SW026
FROM scratch
COPY --chown=1000:web busybox /busybox
CMD ["/busybox", "true"]
