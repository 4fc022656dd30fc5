# expect: works
# needs: musl
FROM gcr.io/distroless/static-debian12
COPY --from=alpine:3.20 /bin/sh /bin/sh
COPY --from=busybox:musl /bin/true /bin/true
CMD ["/bin/true"]
