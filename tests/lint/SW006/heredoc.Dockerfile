FROM alpine:3.23
RUN <<EOF
set -e
apt-get update
apt-get install -y curl
EOF
