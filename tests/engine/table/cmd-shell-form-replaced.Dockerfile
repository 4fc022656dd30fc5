# expect: works
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
CMD /app/busybox true
CMD ["/app/busybox", "true"]
