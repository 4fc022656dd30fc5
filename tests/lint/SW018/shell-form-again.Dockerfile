FROM alpine:3.23 AS base
CMD nginx -g "daemon off;"

FROM base AS program
ENTRYPOINT ["/usr/bin/supervise"]

FROM alpine:3.23 AS variable
CMD exec server --port $PORT

FROM variable AS script
COPY docker-entrypoint.sh /
ENTRYPOINT ["/docker-entrypoint.sh"]

FROM variable AS other
ENTRYPOINT ["/usr/bin/supervise"]
