FROM alpine:3.23 AS a
ENTRYPOINT ["/bin/sh", "/entry.sh"]
CMD echo hello

FROM alpine:3.23 AS b
CMD echo hello

FROM example.com/tools AS c
ENTRYPOINT ["sh"]
CMD echo hello
