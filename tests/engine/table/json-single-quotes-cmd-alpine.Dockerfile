# expect: does not start
# says: not found
# finding: SW005
# severity: warning
FROM alpine:3.20
CMD ['echo', 'hello']
