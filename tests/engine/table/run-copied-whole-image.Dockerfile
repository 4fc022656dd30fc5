# expect: works
FROM alpine:3.20 AS root
RUN echo hello > /hello
FROM scratch
COPY --from=root / /
RUN cat /hello
CMD ["/bin/cat", "/hello"]
