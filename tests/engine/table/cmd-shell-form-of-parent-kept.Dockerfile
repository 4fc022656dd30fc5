# expect: does not start
# says: stat /bin/sh
# finding: SW007
FROM gcr.io/distroless/static-debian12 AS common
COPY busybox /app/busybox
CMD /app/busybox true
FROM common
LABEL purpose=test
