FROM nginx:1.29 AS a
CMD nginx -g 'daemon off;'

FROM node:24-trixie-slim AS b
CMD npm start

FROM debian:trixie-slim AS c
ENTRYPOINT ["tini", "--"]
CMD /server --port 80

FROM debian:trixie-slim AS d
ENTRYPOINT ["/docker-entrypoint.sh"]
CMD server --port 80

FROM debian:trixie-slim AS e
ENTRYPOINT /server
CMD --port 80

FROM debian:trixie-slim AS f
ENTRYPOINT ["/server"]
CMD ["--port", "80"]

FROM debian:trixie-slim AS g
CMD server --port 80

FROM registry.example.com/base
CMD server --port 80
