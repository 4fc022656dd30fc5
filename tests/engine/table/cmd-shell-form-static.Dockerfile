# expect: does not start
# says: stat /bin/sh
# finding: SW007
FROM gcr.io/distroless/static-debian12
COPY busybox /app/busybox
CMD /app/busybox true
