# expect: works
FROM scratch AS common
COPY busybox /app/busybox
CMD ["/app/busybox", "true"]
FROM common
LABEL purpose=test
