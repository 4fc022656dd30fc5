FROM gcr.io/distroless/static-debian13:debug AS debug
COPY app /app
ENTRYPOINT ["/app"]
