FROM gcr.io/distroless/java21-debian13:nonroot
COPY app.jar /
CMD ["java", "-jar", "/app.jar", "--debug"]
