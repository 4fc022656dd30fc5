# expect: works
FROM alpine:3.20 AS accounts
RUN addgroup -S app && adduser -S -D -H -G app app
FROM scratch
COPY --from=accounts /etc/passwd /etc/group /etc/
COPY busybox /app/busybox
USER app
CMD ["/app/busybox", "true"]
