FROM gcr.io/distroless/base-debian12:nonroot
COPY app /app
RUN date
CMD ["/app"]
