# expect: unhealthy
# finding: SW011
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
HEALTHCHECK --interval=1s --retries=1 CMD ["curl", "-f", "http://localhost/"]
CMD ["/app/busybox", "sleep", "30"]
