FROM maven:3-eclipse-temurin-21 AS build
WORKDIR /src
COPY . .
RUN mvn -q package

FROM gcr.io/distroless/java21-debian13:nonroot
WORKDIR /app
COPY --from=build /src/target/app.jar ./
RUN mkdir -p logs && chmod 777 logs
CMD ["app.jar"]
