# expect: build fails
# says: stat /bin/sh
# finding: SW002
FROM gcr.io/distroless/static-debian12:debug
RUN echo hello
