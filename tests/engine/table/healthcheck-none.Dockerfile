# expect: works
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
HEALTHCHECK CMD true
HEALTHCHECK NONE
CMD ["/app/busybox", "true"]
