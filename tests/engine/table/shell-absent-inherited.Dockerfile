# expect: build fails
# says: stat /bin/bash
FROM alpine:3.20 AS common
SHELL ["/bin/bash", "-c"]
FROM common
RUN echo hello
