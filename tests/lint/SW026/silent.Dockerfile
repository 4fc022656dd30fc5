FROM gcr.io/distroless/static-debian13:nonroot AS a
COPY --chown=nonroot:nonroot a /a
COPY --chown=65532 b /b
ENTRYPOINT ["/a"]
FROM alpine:3.22 AS b
RUN adduser -D app
COPY --chown=app:app a /a
FROM example.com/x AS c
COPY --chown=app a /a
FROM alpine:3.22
ARG U
COPY --chown=$U a /a
