FROM gcr.io/distroless/base-debian13
COPY --from=alpine:3.23 /bin/busybox /bin/busybox
COPY app /app
ENTRYPOINT ["/app"]
