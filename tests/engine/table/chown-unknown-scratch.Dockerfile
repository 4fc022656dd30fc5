# expect: works
FROM scratch
COPY package.json /app/
COPY --chown=app busybox /app/busybox
CMD ["/app/busybox", "true"]
