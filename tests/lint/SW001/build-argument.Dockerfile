ARG BASE=gcr.io/distroless/static-debian12
FROM ${BASE}
RUN date
