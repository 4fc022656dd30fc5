FROM golang:1.27 AS runtime
FROM scratch AS tool
COPY --from=nginx /etc/nginx /etc/nginx
COPY --from=tools:latest /x /x
COPY --from=example.com/tol /x /x
COPY --from=0 /x /y
FROM debian AS debiam
FROM debian
COPY --from=completely-different /x /x
