FROM gcr.io/distroless/static-debian13
COPY --from=busybox:musl /bin/sh /bin/sh
COPY app /app
ENTRYPOINT ["/app"]
