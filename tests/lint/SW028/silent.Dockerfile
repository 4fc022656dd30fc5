FROM node:24-trixie-slim AS a
USER node
WORKDIR /app
COPY . .
COPY --chown=node data /data
COPY --chmod=666 x.db /data/x.db
CMD ["node", "app.js"]

FROM node:24-trixie-slim AS b
USER node
COPY data /data
USER root
RUN chown -R node /data
USER node
CMD ["node", "app.js"]

FROM node:24-trixie-slim AS c
COPY data /data
VOLUME /data
CMD ["node", "app.js"]

FROM example.com/unknown AS d
COPY data /data

# In front of USER, root it is, and that may be meant.
FROM node:24-trixie-slim AS e
COPY data /data
USER node
CMD ["node", "app.js"]

FROM gcr.io/distroless/static-debian13:nonroot
COPY app config.yml /
ENTRYPOINT ["/app"]
