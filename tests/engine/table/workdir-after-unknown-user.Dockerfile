# expect: does not start
# says: no matching entries in passwd file
# finding: SW021
FROM gcr.io/distroless/static-debian12
USER appuser
WORKDIR /app
COPY busybox .
CMD ["/app/busybox", "true"]
