FROM ubuntu:24.04 AS chisel
RUN make-rootfs /rootfs

FROM scratch
COPY --from=chisel /rootfs /
COPY --from=chisel --chown=1654:1654 /rootfs/home/app /home/app
USER 1654
