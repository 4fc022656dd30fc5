FROM rust:1-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/src/target cargo build --release && cp target/release/app /usr/local/bin/

FROM gcr.io/distroless/base-debian12
COPY --from=build /usr/local/bin/app /app
ENTRYPOINT ["/app"]
