# expect: works
FROM gcr.io/distroless/static-debian12
COPY --from=busybox:musl /bin/sh /bin/sh
COPY busybox /app/busybox
CMD ["/app/busybox", "true"]
