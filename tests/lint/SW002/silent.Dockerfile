FROM gcr.io/distroless/base-debian12:debug AS base
SHELL ["/busybox/sh", "-c"]
RUN ls

FROM base
RUN ls

FROM gcr.io/distroless/base-debian12:debug
RUN ["/busybox/ls"]

FROM gcr.io/distroless/base-debian12
RUN ls
