# expect: build fails
# says: apk: not found
# finding: SW006
FROM busybox:musl
RUN apk add curl
