# syntax=docker/dockerfile:1

# Spring PetClinic: built by its own Maven wrapper, run without a shell.

# build has a JDK; the wrapper brings the Maven that the project asks for.
FROM eclipse-temurin:21-jdk AS build
WORKDIR /src
COPY .mvn ./.mvn
COPY mvnw pom.xml ./
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B dependency:go-offline
COPY src ./src
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B package -DskipTests \
    && cp target/spring-petclinic-*.jar app.jar
# Spring Boot takes its own jar apart: what seldom changes is copied first and stays cached.
RUN java -Djarmode=tools -jar app.jar extract --layers --destination layers

# final starts "java -jar" by itself and runs as user 65532.
FROM gcr.io/distroless/java21-debian13:nonroot AS final
WORKDIR /app
COPY --from=build /src/layers/dependencies/ ./
COPY --from=build /src/layers/spring-boot-loader/ ./
COPY --from=build /src/layers/snapshot-dependencies/ ./
COPY --from=build /src/layers/application/ ./
EXPOSE 8080
CMD ["app.jar"]
