# expect: does not start
# finding: SW020
FROM alpine:3.20
ENTRYPOINT ["/bin/sh"]
CMD echo hello
