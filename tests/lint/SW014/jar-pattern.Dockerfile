FROM gcr.io/distroless/java21-debian13
COPY target/ /app/
ENTRYPOINT ["java", "-jar", "/app/*.jar"]
