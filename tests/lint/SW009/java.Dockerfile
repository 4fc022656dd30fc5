FROM gcr.io/distroless/java21-debian13
COPY app.jar /app.jar
CMD java -jar /app.jar
