FROM nginx:1.29 AS a
ENTRYPOINT ["/prepare.sh"]
CMD ["nginx", "-g", "daemon off;"]

FROM debian:trixie-slim AS b
ENTRYPOINT ["/entrypoint.sh"]

FROM node:24-trixie-slim AS c
ENTRYPOINT ["/entrypoint.sh"]

FROM nginx:1.29 AS d
ENTRYPOINT ["nginx", "-g", "daemon off;"]

FROM nginx:1.29 AS e
ENTRYPOINT ["/app"]

FROM debian:trixie-slim AS f
CMD ["a"]
ENTRYPOINT ["/b.sh"]

FROM registry.example.com/base AS g
ENTRYPOINT ["/entrypoint.sh"]

FROM a
COPY x /x
