# expect: works
FROM scratch
COPY busybox /busybox
CMD ["./busybox", "true"]
