# expect: healthy
FROM alpine:3.20
HEALTHCHECK --interval=1s --retries=1 CMD true
CMD ["sleep", "30"]
