FROM gcr.io/distroless/static-debian12 AS first
CMD /app

FROM first AS second
CMD ["/app"]
