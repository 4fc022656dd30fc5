FROM gcr.io/distroless/static-debian13 AS a
COPY --from=busybox:musl /bin/sh /bin/sh
RUN echo hello
FROM gcr.io/distroless/base-debian13 AS b
COPY --from=busybox:glibc /bin/sh /bin/sh
RUN echo hello
FROM gcr.io/distroless/static-debian13 AS c
COPY --from=alpine:3.23 /lib /lib
COPY --from=alpine:3.23 /bin/sh /bin/sh
RUN echo hello
FROM example.com/unknown AS d
COPY --from=alpine:3.23 /bin/sh /bin/sh
RUN echo hello
FROM gcr.io/distroless/static-debian13
COPY --from=example.com/tools /bin/sh /bin/sh
RUN echo hello
