FROM scratch
ENV PORT=80
COPY app-$PROT /app
CMD ["/app"]
