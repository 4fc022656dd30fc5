FROM gcr.io/distroless/java21-debian13:nonroot AS a
COPY app.jar /
CMD ["/app.jar", "-Xmx"]
FROM gcr.io/distroless/java21-debian13:nonroot AS b
ENTRYPOINT ["java", "-Xmx1g", "-jar", "/app.jar"]
CMD ["-x"]
FROM eclipse-temurin:21
CMD ["-Xmx1g"]
