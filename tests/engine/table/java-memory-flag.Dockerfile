# expect: works
# Options behind -jar are read as options too, up to the name of the file.
FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY App.java src/main/java/
RUN mvn -q package
FROM gcr.io/distroless/java21-debian13
COPY --from=build /src/target/app.jar /app.jar
CMD ["-Xmx64m", "/app.jar"]
