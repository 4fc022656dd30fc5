FROM eclipse-temurin:21-jdk AS jre
RUN jlink --add-modules java.base --output /jre

FROM alpine:3.23 AS a
COPY --from=jre /jre /opt/jre
COPY app.jar /
ENTRYPOINT ["/opt/jre/bin/java", "-jar", "/app.jar"]

FROM debian:trixie-slim AS b
COPY --from=node:24-alpine /usr/local/bin/node /usr/local/bin/node
COPY app.js /
CMD ["node", "/app.js"]

FROM gcr.io/distroless/base-debian13 AS c
COPY --from=alpine:3.23 /usr/lib/libcurl.so.4 /usr/lib/
ENTRYPOINT ["/app"]
