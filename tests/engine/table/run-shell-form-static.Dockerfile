# expect: build fails
# says: exec: "/bin/sh": stat /bin/sh: no such file or directory
# finding: SW001
FROM gcr.io/distroless/static-debian12
RUN echo hello
