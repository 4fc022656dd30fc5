# expect: works
# fix: SW053
# says: hello
FROM maven:3-eclipse-temurin-21
WORKDIR /src
COPY App.java src/main/java/
RUN mvn -q package
CMD ["java", "-jar", "target/app.jar"]
