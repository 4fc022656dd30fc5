# A Maven build as it was written in 2021. It still builds, but it has aged:
# the openjdk images have not been updated since July 2022 (eclipse-temurin took their place),
# Java 11 is old, every code change downloads the dependencies again, and the program runs as root.
# The templates "Java: Maven → JRE" and "Java: Maven → distroless" are what it would be today.

FROM maven:3.8.1-openjdk-11 AS build
WORKDIR /home/app
COPY pom.xml .
COPY src ./src
RUN mvn -f pom.xml clean package

FROM openjdk:11-jre-slim
COPY --from=build /home/app/target/*.jar /usr/local/lib/app.jar
EXPOSE 8080
ENTRYPOINT ["java", "-jar", "/usr/local/lib/app.jar"]
