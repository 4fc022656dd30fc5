# expect: build fails
# says: stat /bin/sh
FROM gcr.io/distroless/static-debian12 AS common
ONBUILD RUN echo hello
FROM common
COPY busybox /app/busybox
CMD ["/app/busybox", "true"]
