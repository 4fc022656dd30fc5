# expect: works
FROM alpine:3.20
RUN ["sh", "-c", "echo hello > /hello"]
CMD ["cat", "/hello"]
