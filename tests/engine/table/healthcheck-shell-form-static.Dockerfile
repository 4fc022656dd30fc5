# expect: unhealthy
# finding: SW010
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
HEALTHCHECK --interval=1s --retries=1 CMD /app/busybox true
CMD ["/app/busybox", "sleep", "30"]
