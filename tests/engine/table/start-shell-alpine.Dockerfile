# expect: works
FROM alpine:3.20
COPY start.sh /start.sh
ENTRYPOINT ["sh", "/start.sh"]
