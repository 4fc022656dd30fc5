# expect: works
# BuildKit takes root for a name that it does not find.
FROM gcr.io/distroless/static-debian12
COPY --chown=node:node busybox /app/busybox
CMD ["/app/busybox", "true"]
