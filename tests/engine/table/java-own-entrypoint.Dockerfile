# expect: works
FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY App.java src/main/java/
RUN mvn -q package
FROM gcr.io/distroless/java21-debian13
COPY --from=build /src/target/app.jar /app.jar
ENTRYPOINT ["java", "-Xmx64m", "-jar", "/app.jar"]
