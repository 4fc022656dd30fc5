# expect: works
# needs: musl
FROM alpine:3.20 AS build
RUN cp /bin/busybox /busybox
FROM alpine:3.20
COPY --from=build /busybox /usr/local/bin/busybox
CMD ["/usr/local/bin/busybox", "true"]
