FROM rust:1-trixie AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM debian:trixie-slim
COPY --from=build /src/target/release/client /usr/local/bin/client
ENV API=https://api.example.com
CMD ["client"]
