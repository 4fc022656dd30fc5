FROM alpine
entrypoint /run "a b"
