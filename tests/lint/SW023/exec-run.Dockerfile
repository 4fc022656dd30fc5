FROM busybox:musl AS tools

FROM scratch
COPY --from=tools /bin/busybox /bin/busybox
USER 65532
RUN ["/bin/busybox", "true"]
ENTRYPOINT ["/bin/busybox"]
