FROM scratch
COPY app /app
USER app
RUN ["/app", "init"]
CMD ["/app"]
