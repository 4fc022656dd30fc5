# expect: does not start
# says: executable file not found
# finding: SW017
FROM gcr.io/distroless/static-debian12
COPY start.sh /start.sh
ENTRYPOINT ["sh", "/start.sh"]
