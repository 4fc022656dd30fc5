# expect: does not start
# gap: the catalogue does not tell that Alpine has no bash
# says: stat /bin/bash
FROM alpine:3.20
SHELL ["/bin/bash", "-c"]
CMD echo hello
