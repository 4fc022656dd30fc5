# expect: works
FROM alpine:3.20
ENV NAME=world
CMD ["echo", "hello $NAME", "&&", "false"]
