# expect: build fails
# says: no matching entries in passwd file
# finding: SW021
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
USER appuser
RUN ["/app/busybox", "true"]
