FROM node:24 AS build
WORKDIR /app
COPY . .
FROM gcr.io/distroless/nodejs24-debian13:nonroot AS a
WORKDIR /app
COPY --from=build /app /app
CMD ["app.js"]
FROM gcr.io/distroless/nodejs24-debian13:nonroot AS b
COPY --from=build /app .
CMD ["app.js"]
FROM gcr.io/distroless/nodejs24-debian13:nonroot AS c
COPY --from=build /app /app
CMD ["/app/app.js"]
FROM alpine:3.22 AS d
COPY app.js /app/
RUN mv /app/app.js /
CMD ["node", "app.js"]
FROM example.com/x AS e
COPY app.js /app/
CMD ["app.js"]
FROM gcr.io/distroless/nodejs24-debian13:nonroot AS f
COPY --from=build /app /app
COPY . ./
CMD ["app.js"]
