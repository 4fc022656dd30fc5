FROM alpine:3.23 AS base
SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
RUN echo hello | tee /hello

FROM node:22-alpine AS child
SHELL ["/bin/bash", "-c"]
CMD node server.js
