# Nobody starts the first stage, and nothing runs in it.
FROM gcr.io/distroless/static-debian13 AS files
COPY site /site
USER app

FROM nginx:alpine
COPY --from=files /site /usr/share/nginx/html
