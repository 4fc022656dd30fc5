# app.js comes with another build; these copies say nothing of it.
FROM gcr.io/distroless/nodejs24-debian13:nonroot
COPY <<EOF /etc/app/config.json
{}
EOF
COPY default.json /etc/app/default.json
CMD ["app.js"]
