FROM gcr.io/distroless/static-debian13:nonroot AS a
COPY server /server

FROM gcr.io/distroless/static-debian13:nonroot AS b
USER 65532
COPY server /server

FROM gcr.io/distroless/static-debian13:nonroot AS c
WORKDIR /app
USER 1000

FROM gcr.io/distroless/static-debian13 AS d
USER 1000

FROM debian:trixie-slim
WORKDIR /home/nonroot
USER 1000
