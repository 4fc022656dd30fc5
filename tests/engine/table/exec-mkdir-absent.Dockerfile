# expect: build fails
# says: "mkdir": executable file not found in $PATH
# finding: SW003
FROM gcr.io/distroless/static-debian12
RUN ["mkdir", "/data"]
