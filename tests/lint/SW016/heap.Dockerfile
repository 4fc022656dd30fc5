FROM gcr.io/distroless/java21-debian13:nonroot
COPY app.jar /
CMD ["-Xmx256m", "-Da=b", "/app.jar", "run"]
