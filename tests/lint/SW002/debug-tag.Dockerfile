FROM gcr.io/distroless/base-debian12:debug
COPY app /app
RUN ls -l /app
RUN mkdir /data
ENTRYPOINT ["/app"]
