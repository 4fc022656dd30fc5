# expect: works
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
ONBUILD RUN echo hello
CMD ["/app/busybox", "true"]
