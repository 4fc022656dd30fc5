# expect: works
FROM alpine:3.20 AS common
ONBUILD RUN echo hello > /hello
FROM common
CMD ["cat", "/hello"]
