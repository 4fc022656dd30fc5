# expect: build fails
# fix: SW002
# says: hello
FROM gcr.io/distroless/static-debian13:debug
RUN echo hello > /hello
ENTRYPOINT ["/busybox/cat", "/hello"]
