# expect: works
# needs: musl
FROM gcr.io/distroless/static-debian12
RUN --mount=from=alpine:3.20,source=/bin,target=/bin --mount=from=alpine:3.20,source=/lib,target=/lib echo hello
COPY --from=busybox:musl /bin/true /bin/true
CMD ["/bin/true"]
