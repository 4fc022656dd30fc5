# expect: does not start
# says: no such file or directory
# finding: SW052
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
CMD ["./busybox", "true"]
