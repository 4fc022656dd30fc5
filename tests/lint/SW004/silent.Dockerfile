FROM gcr.io/distroless/static-debian12
COPY <<EOF /etc/motd
hello
EOF

FROM alpine:3.23
RUN <<EOF
ls
EOF
