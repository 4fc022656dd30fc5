# expect: build fails
# fix: SW001
# says: hello
FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY App.java src/main/java/
RUN mvn -q package

FROM gcr.io/distroless/java21-debian13:nonroot
COPY --from=build /src/target/app.jar /app.jar
RUN mkdir /data
CMD ["/app.jar"]
