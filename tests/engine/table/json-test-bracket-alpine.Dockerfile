# expect: works
# A shell command that begins with a bracket is no broken JSON.
FROM alpine:3.20
RUN [ -d /etc ] && echo hello > /hello
CMD ["cat", "/hello"]
