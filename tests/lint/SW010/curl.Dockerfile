FROM gcr.io/distroless/java21-debian13
COPY app.jar /app.jar
HEALTHCHECK --interval=30s CMD curl -f http://localhost:8080/health || exit 1
CMD ["/app.jar"]
