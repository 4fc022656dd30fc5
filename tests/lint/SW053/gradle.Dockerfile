FROM gradle:8-jdk21
WORKDIR /home/gradle/app
COPY . .
RUN gradle bootJar --no-daemon
ENTRYPOINT ["java", "-jar", "/home/gradle/app/build/libs/app.jar"]
CMD ["--server.port=8080"]
