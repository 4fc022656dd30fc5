# expect: works
FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY App.java src/main/java/
RUN mvn -q package
FROM gcr.io/distroless/java21-debian13
COPY --from=build /src/target/app.jar /app.jar
ENV JAVA_TOOL_OPTIONS=-Xmx64m
CMD ["/app.jar"]
