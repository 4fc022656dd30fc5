FROM rust:1-bookworm AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /src/target/release/app /app
ENTRYPOINT ["/app"]
