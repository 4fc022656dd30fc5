FROM gcr.io/distroless/java21-debian13:nonroot
COPY app.jar /
CMD ["-jar", "/app.jar"]
