# expect: does not start
# says: no such file or directory
# finding: SW035
# needs: musl
FROM gcr.io/distroless/base-debian12
COPY --from=alpine:3.20 /bin/busybox /app
CMD ["/app", "true"]
