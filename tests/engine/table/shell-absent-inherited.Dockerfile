# expect: build fails
# gap: the catalogue does not tell that Alpine has no bash
# says: stat /bin/bash
FROM alpine:3.20 AS common
SHELL ["/bin/bash", "-c"]
FROM common
RUN echo hello
