FROM gcr.io/distroless/static-debian12:debug-nonroot AS base
ENV A=1

FROM base
RUN busybox ls
