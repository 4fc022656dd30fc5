FROM gcr.io/distroless/static-debian13:debug-nonroot AS a
COPY app /app
ENTRYPOINT ["/app"]
FROM gcr.io/distroless/static-debian13:debug-nonroot AS b
CMD ["-c", "ls"]
FROM gcr.io/distroless/static-debian13:debug-nonroot AS c
COPY run.sh /
CMD ["/run.sh"]
FROM gcr.io/distroless/static-debian13:nonroot
COPY app /app
CMD ["/app"]
