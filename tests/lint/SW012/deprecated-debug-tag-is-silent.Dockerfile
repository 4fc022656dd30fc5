FROM gcr.io/distroless/python3-debian12:debug
SHELL ["/busybox/sh", "-c"]
RUN ls
