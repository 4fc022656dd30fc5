# expect: build fails
# says: "sh": executable file not found in $PATH
# finding: SW003
FROM scratch
COPY --from=busybox:musl /bin/true /bin/true
RUN ["sh", "-c", "echo hello"]
