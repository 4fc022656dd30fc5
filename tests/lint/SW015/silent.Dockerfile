FROM gcr.io/distroless/nodejs24-debian13:nonroot AS a
COPY app.js /
CMD ["/app.js"]
FROM gcr.io/distroless/nodejs24-debian13:nonroot AS b
COPY app.js /
ENTRYPOINT ["/nodejs/bin/node"]
CMD ["/app.js"]
FROM node:24 AS c
CMD ["node", "app.js"]
FROM example.com/x AS d
CMD ["node", "a.js"]
FROM gcr.io/distroless/nodejs24-debian13:nonroot AS e
CMD ["node", "a.js"]
FROM e
CMD ["/a.js"]
