# expect: works
FROM debian:bookworm AS build
COPY busybox /busybox
RUN mkdir /out && cp /busybox /out/
FROM alpine:3.20
COPY --from=build /out/busybox /usr/local/bin/busybox
CMD ["/usr/local/bin/busybox", "true"]
