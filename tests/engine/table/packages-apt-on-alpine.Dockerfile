# expect: build fails
# says: apt-get: not found
# finding: SW006
FROM alpine:3.20
RUN apt-get update && apt-get install -y curl
