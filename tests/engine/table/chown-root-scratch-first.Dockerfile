# expect: works
FROM scratch
COPY --chown=root:root busybox /busybox
CMD ["/busybox", "true"]
