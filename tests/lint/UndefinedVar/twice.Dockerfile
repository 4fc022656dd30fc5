FROM scratch
COPY $WHAT ${WHAT}x /app/
CMD ["/app"]
