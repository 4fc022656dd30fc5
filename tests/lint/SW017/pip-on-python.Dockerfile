FROM gcr.io/distroless/python3-debian13
ENTRYPOINT ["pip", "list"]
