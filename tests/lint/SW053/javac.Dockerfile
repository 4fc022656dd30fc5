FROM eclipse-temurin:21
WORKDIR /app
COPY Main.java .
RUN javac Main.java
CMD ["java", "Main"]
