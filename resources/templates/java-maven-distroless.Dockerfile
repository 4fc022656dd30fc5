# syntax=docker/dockerfile:1

# The same Maven build, in an image without a shell.

# build is the only place with Maven and a JDK.
FROM maven:3.9-eclipse-temurin-21 AS build
WORKDIR /src
COPY pom.xml .
RUN --mount=type=cache,target=/root/.m2 mvn -B dependency:go-offline
COPY src ./src
RUN --mount=type=cache,target=/root/.m2 mvn -B package

# final starts "java -jar" by itself.
FROM gcr.io/distroless/java21-debian13:nonroot AS final
# Options for the JVM go here: behind "java -jar" they would be arguments of the program.
ENV JAVA_TOOL_OPTIONS="-XX:MaxRAMPercentage=75"
WORKDIR /app
COPY --from=build /src/target/*.jar app.jar
EXPOSE 8080
CMD ["app.jar"]
