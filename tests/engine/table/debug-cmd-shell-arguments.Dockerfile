# expect: works
FROM gcr.io/distroless/static-debian12:debug
CMD ["-c", "echo hello"]
