FROM alpine:3.23 AS a
EXPOSE 80
CMD ["sleep", "1"]

FROM alpine:3.23 AS b
USER 1000
EXPOSE 8080 1024
CMD ["sleep", "1"]

FROM registry.example.com/base AS c
EXPOSE 80

FROM alpine:3.23 AS d
USER 1000
EXPOSE 80
USER root

FROM alpine:3.23
USER $WHO
EXPOSE 80
