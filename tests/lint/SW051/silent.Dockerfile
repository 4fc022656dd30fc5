FROM golang:1.27 AS node
FROM scratch AS tool
COPY --from=nodes /x /x
COPY --from=nginx /etc/nginx /etc/nginx
COPY --from=tools:latest /x /x
COPY --from=example.com/tol /x /x
COPY --from=0 /x /y
FROM nod
