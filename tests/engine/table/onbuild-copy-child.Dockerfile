# expect: works
FROM gcr.io/distroless/static-debian12 AS common
ONBUILD COPY busybox /app/busybox
FROM common
CMD ["/app/busybox", "true"]
