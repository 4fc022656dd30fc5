# expect: does not start
# says: Unable to access jarfile App
# finding: SW016
# A class path does not undo -jar: the class is taken for an archive.
FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY App.java src/main/java/
RUN mvn -q package
FROM gcr.io/distroless/java21-debian13
COPY --from=build /src/target/app.jar /app.jar
CMD ["-cp", "/app.jar", "App"]
