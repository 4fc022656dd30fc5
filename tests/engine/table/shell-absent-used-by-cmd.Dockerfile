# expect: does not start
# says: stat /bin/bash
FROM alpine:3.20
SHELL ["/bin/bash", "-c"]
CMD echo hello
