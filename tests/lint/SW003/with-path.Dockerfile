FROM scratch
RUN ["/bin/chmod", "755", "/x"]
COPY app /app
ENTRYPOINT ["/app"]
