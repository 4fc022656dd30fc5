# expect: works
FROM alpine:3.20
RUN if command -v apt-get; then apt-get install -y curl; else apk add curl; fi
CMD ["true"]
