# expect: does not start
# says: no matching entries in group file
# finding: SW021
FROM alpine:3.20
USER 1000:web
CMD ["true"]
