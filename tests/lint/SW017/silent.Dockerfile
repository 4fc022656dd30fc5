FROM node:24-trixie-slim AS a
WORKDIR /app
COPY . .
CMD ["npm", "start"]

FROM alpine:3.23 AS b
RUN apk add --no-cache python3 && ln -s python3 /usr/bin/python
CMD ["python", "app.py"]

FROM debian:trixie-slim AS c
COPY --from=a /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
CMD ["python", "app.py"]

FROM gcr.io/distroless/nodejs24-debian13 AS d
COPY npm /app/npm
WORKDIR /app
CMD ["npm", "start"]

FROM node:24-trixie-slim AS e
RUN corepack enable
CMD ["pnpm", "start"]

FROM alpine:3.23 AS f
COPY --from=a /usr/local/bin/ /usr/local/bin/
CMD ["node", "app.js"]

FROM cgr.dev/chainguard/python:latest AS g
ENTRYPOINT ["python", "app.py"]

FROM gcr.io/distroless/python3-debian13 AS h
ENTRYPOINT ["python", "app.py"]

FROM gcr.io/distroless/nodejs24-debian13 AS i
ENV PATH=/nodejs/bin:$PATH
ENTRYPOINT ["node", "app.js"]

FROM registry.example.com/base
CMD ["npm", "start"]
