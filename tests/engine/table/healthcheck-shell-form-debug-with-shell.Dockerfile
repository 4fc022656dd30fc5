# expect: unhealthy
# finding: SW010
# SHELL does not count for a health check: it is always /bin/sh.
FROM gcr.io/distroless/static-debian12:debug
SHELL ["/busybox/sh", "-c"]
HEALTHCHECK --interval=1s --retries=1 CMD true
ENTRYPOINT ["/busybox/sleep", "30"]
