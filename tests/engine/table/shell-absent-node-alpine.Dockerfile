# expect: build fails
# says: stat /bin/bash
# finding: SW012
FROM node:22-alpine
SHELL ["/bin/bash", "-c"]
RUN node --version
