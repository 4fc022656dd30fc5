FROM unknown.example.com/base:1
RUN mkdir /a

FROM node:22
RUN mkdir /a

FROM gcr.io/distroless/static-debian12
RUN ["/app", "--migrate"]

FROM scratch AS rootfs
ADD rootfs.tar.xz /
RUN mkdir /a

FROM scratch
COPY --from=rootfs / /
RUN mkdir /a

FROM scratch
COPY --from=busybox:musl /bin/sh /bin/sh
RUN echo hello

FROM scratch
COPY --from=busybox:musl /bin/ /bin/
RUN echo hello

FROM gcr.io/distroless/static-debian12
RUN --mount=type=bind,from=busybox:musl,source=/bin,target=/bin mkdir /a

FROM gcr.io/distroless/static-debian12
RUN --mount=from=busybox:musl,src=/bin,dst=/usr/bin mkdir /a

FROM gcr.io/distroless/static-debian12:debug
SHELL ["/busybox/sh", "-c"]
RUN mkdir /a

FROM gcr.io/distroless/static-debian12:debug
SHELL ["sh", "-c"]
RUN mkdir /a

FROM gcr.io/distroless/static-debian12:debug
RUN ["/busybox/ln", "-s", "/busybox/sh", "/bin/sh"]
RUN mkdir /a

FROM gcr.io/distroless/static-debian12
COPY --from=gcr.io/distroless/static-debian12:debug /busybox /busybox
SHELL ["/busybox/sh", "-c"]
RUN mkdir /a

FROM scratch
COPY $ROOT /
RUN mkdir /a

FROM cgr.dev/chainguard/node:latest-dev
RUN npm ci

FROM gcr.io/kaniko-project/executor:debug
RUN ls
