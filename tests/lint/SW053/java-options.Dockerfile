FROM eclipse-temurin:21
WORKDIR /app
COPY . .
RUN ./gradlew build
CMD java $JAVA_OPTS -jar build/libs/app.jar
