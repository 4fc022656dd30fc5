FROM scratch
RUN <<EOF
mkdir -p /etc/app
echo "port = 8080" > /etc/app/app.conf
echo "user = \$USER" >> /etc/app/app.conf
EOF
