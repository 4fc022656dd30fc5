FROM rust:1-trixie AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM alpine:3.23
COPY --from=build /src/target/release/server /usr/local/bin/server
ENTRYPOINT ["server"]
