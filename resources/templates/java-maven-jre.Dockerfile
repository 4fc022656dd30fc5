# syntax=docker/dockerfile:1

# A Java service: Maven and the JDK build it, a JRE runs it.

# build downloads first and compiles afterwards, so that a code change does not download again.
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml .
RUN --mount=type=cache,target=/root/.m2 mvn -B dependency:go-offline
COPY src ./src
RUN --mount=type=cache,target=/root/.m2 mvn -B package

# final has a shell for debugging. The image openjdk is no longer maintained; Temurin took its place.
FROM eclipse-temurin:21-jre AS final
WORKDIR /app
COPY --from=build /src/target/*.jar app.jar
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "app.jar"]
