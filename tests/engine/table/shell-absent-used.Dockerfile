# expect: build fails
# says: stat /bin/bash
# finding: SW012
FROM alpine:3.20
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN echo hello | cat
