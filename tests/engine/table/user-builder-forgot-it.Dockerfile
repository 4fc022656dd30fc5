# expect: does not start
# says: no matching entries in passwd file
# finding: SW022
FROM alpine:3.20 AS accounts
RUN mkdir /data
FROM scratch
COPY busybox /busybox
COPY --from=accounts /etc/passwd /etc/group /etc/
USER web
CMD ["/busybox", "true"]
