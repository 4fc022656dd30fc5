FROM gcr.io/distroless/nodejs24-debian13:nonroot AS common
ONBUILD RUN npm ci
FROM common AS app
CMD ["app.js"]
