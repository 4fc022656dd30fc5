# expect: works
# needs: musl
FROM gcr.io/distroless/static-debian12
COPY --from=alpine:3.20 /lib/ld-musl-x86_64.so.1 /lib/
COPY --from=alpine:3.20 /bin/busybox /bin/sh
RUN echo hello
COPY --from=busybox:musl /bin/true /bin/true
CMD ["/bin/true"]
