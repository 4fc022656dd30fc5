# expect: works
FROM alpine:3.20
RUN echo hello > /hello
CMD ["cat", "/hello"]
