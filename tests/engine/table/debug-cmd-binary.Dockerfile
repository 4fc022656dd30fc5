# expect: does not start
# finding: SW020
FROM gcr.io/distroless/static-debian12:debug
COPY busybox /app/busybox
CMD ["/app/busybox", "true"]
