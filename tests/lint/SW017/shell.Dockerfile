FROM gcr.io/distroless/static-debian13:nonroot
COPY start.sh /start.sh
ENTRYPOINT ["sh", "/start.sh"]
