FROM gcr.io/distroless/java21-debian13:nonroot
COPY classes /classes
CMD ["-cp", "/classes", "Main"]
