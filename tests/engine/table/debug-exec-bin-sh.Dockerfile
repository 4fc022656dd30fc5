# expect: build fails
# says: stat /bin/sh
# finding: SW003
FROM gcr.io/distroless/static-debian12:debug
RUN ["/bin/sh", "-c", "echo hello"]
