# expect: works
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
USER 1000
RUN ["/app/busybox", "true"]
CMD ["/app/busybox", "true"]
