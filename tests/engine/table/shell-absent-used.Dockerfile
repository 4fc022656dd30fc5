# expect: build fails
# gap: the catalogue does not tell that Alpine has no bash
# says: stat /bin/bash
# finding: SW012
FROM alpine:3.20
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN echo hello | cat
