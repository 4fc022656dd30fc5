FROM gcr.io/distroless/static
USER 65532
ENTRYPOINT ["/app"]
