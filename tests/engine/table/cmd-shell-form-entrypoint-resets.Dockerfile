# expect: works
# An ENTRYPOINT behind it drops the CMD only when the image brought it; here ENTRYPOINT ignores its arguments.
FROM alpine:3.20
CMD echo hello
ENTRYPOINT ["true"]
