FROM rust:1-slim-trixie AS build
WORKDIR /src
RUN cargo build --release

FROM gcr.io/distroless/cc-debian13
COPY --from=build /src/target/release/server /usr/local/bin/
EXPOSE 8080
