# expect: works
FROM alpine:3.20
SHELL ["/bin/bash", "-c"]
SHELL ["/bin/sh", "-c"]
RUN echo hello
CMD echo hello
