# expect: works
FROM gcr.io/distroless/static-debian12 AS common
COPY busybox /app/busybox
CMD /app/busybox true
FROM common
CMD ["/app/busybox", "true"]
