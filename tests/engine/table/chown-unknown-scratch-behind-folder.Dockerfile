# expect: works
# finding: SW026
FROM scratch
WORKDIR /app
COPY --chown=web busybox /app/busybox
CMD ["/app/busybox", "true"]
