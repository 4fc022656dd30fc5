# expect: build fails
# says: stat /bin/ls: no such file or directory
# finding: SW003
FROM gcr.io/distroless/base-debian12
RUN ["/bin/ls", "/"]
