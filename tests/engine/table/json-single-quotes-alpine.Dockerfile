# expect: build fails
# says: not found
# finding: SW005
# severity: warning
FROM alpine:3.20
RUN ['mkdir', '/data']
