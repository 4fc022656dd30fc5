# expect: works
FROM alpine:3.20
RUN apt-get update || true
CMD ["true"]
