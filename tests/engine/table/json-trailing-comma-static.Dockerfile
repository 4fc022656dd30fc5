# expect: does not start
# says: stat /bin/sh
FROM gcr.io/distroless/static-debian12
COPY --from=busybox:musl /bin/busybox /bin/busybox
ENTRYPOINT ["/bin/busybox", "true",]
