# expect: does not start
# says: no matching entries in passwd file
# finding: SW021
FROM alpine:3.20
USER appuser
CMD ["true"]
