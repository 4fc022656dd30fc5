FROM busybox:musl
RUN apk add curl
