FROM debian
SHELL ["/bin/bash", "-c"]
RUN ls

FROM alpine
RUN apk add --no-cache bash
SHELL ["/bin/bash", "-c"]
RUN ls

FROM gcr.io/distroless/static-debian12:debug
SHELL ["/busybox/sh", "-c"]

FROM scratch
SHELL ["/bin/sh", "-c"]
COPY --from=busybox:musl /bin/busybox /bin/sh
RUN echo

FROM example.com/unknown
SHELL ["/bin/zsh", "-c"]

FROM gcr.io/distroless/python3-debian12
SHELL ["/usr/bin/python3", "-c"]
