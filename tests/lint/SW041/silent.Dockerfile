FROM node:24 AS a
FROM example.com/openjdk:8 AS b
FROM gcr.io/distroless/static-debian13
