FROM node:22 AS web
WORKDIR /web
COPY web .
RUN npm ci
CMD ["node", "web.js"]

FROM golang:1.27 AS api
WORKDIR /api
COPY api .
RUN CGO_ENABLED=0 go build -o api .
CMD ["./api"]
