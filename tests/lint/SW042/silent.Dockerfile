FROM gcr.io/distroless/nodejs24-debian13 AS a
FROM example.com/nodejs:20 AS b
FROM node:99
