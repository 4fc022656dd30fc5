FROM scratch
COPY app /app
ENTRYPOINT ["/app"]
CMD serve --all
