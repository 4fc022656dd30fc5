# BusyBox' musl build is static; shells are another rule's.
FROM debian:trixie-slim
COPY --from=busybox:musl /bin/sh /bin/busybox /usr/local/bin/
COPY --from=alpine:3.23 /bin/sh /usr/local/bin/ash
CMD ["/usr/local/bin/sh"]
