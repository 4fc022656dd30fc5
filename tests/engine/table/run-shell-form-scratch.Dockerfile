# expect: build fails
# says: exec: "/bin/sh": stat /bin/sh: no such file or directory
# finding: SW001
FROM scratch
RUN echo hello
