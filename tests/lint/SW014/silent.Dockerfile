FROM debian:trixie-slim AS a
ENV PORT=80
RUN ["/bin/bash", "-c", "echo $PORT && ls *"]
RUN echo $PORT > /port
CMD ["sh", "-c", "exec server --port $PORT"]

FROM debian:trixie-slim AS b
ENTRYPOINT ["tini", "--", "bash", "-c", "server | tee /log"]

FROM debian:trixie-slim AS c
ENTRYPOINT ["/bin/sh", "-c"]
CMD ["echo $HOME"]

FROM nginx:1.29 AS d
CMD ["nginx", "-g", "daemon off;"]

FROM eclipse-temurin:21-jre AS e
CMD ["java", "-cp", "/app/lib/*", "-Dport=${PORT}", "Main", "--server.port=${PORT}"]

FROM debian:trixie-slim AS f
CMD ["jq", ".a | .b", "$x"]

FROM debian:trixie-slim AS g
CMD ["server", "--allow=*", "--match", "*.example.com", "$(POD_NAME)", "a&b", "costs 5$"]

FROM debian:trixie-slim
CMD ["find", "/data", "-name", "*.log", "-exec", "rm", "{}", ";"]
