# expect: works
FROM alpine:3.20
RUN --mount=type=cache,target=/cache echo hello > /cache/hello
CMD ["true"]
