FROM rust:1-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo install --path . --root /out

FROM scratch AS files
COPY --from=build /out/bin/app /bin/

FROM alpine:3.23
COPY --from=files /bin/app /app
ENTRYPOINT ["/app"]
