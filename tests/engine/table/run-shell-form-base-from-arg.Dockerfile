# expect: build fails
# says: stat /bin/sh
# finding: SW001
ARG BASE=gcr.io/distroless/base-debian12:nonroot
FROM ${BASE}
RUN echo hello
