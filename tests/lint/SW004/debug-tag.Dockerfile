FROM gcr.io/distroless/static-debian12:debug
RUN <<EOF
ls
EOF
