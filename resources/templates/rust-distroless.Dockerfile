# syntax=docker/dockerfile:1

# A Rust program with cached dependencies. Replace "app" by the name in Cargo.toml.

# build keeps crates and compiled dependencies in cache mounts, outside of every layer.
FROM rust:1-slim-trixie AS build
WORKDIR /src
COPY . .
# A cache mount is gone after the step, so the program is copied out of it in the same one.
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --release --locked && cp target/release/app /usr/local/bin/app

# final has glibc and libgcc (that is what "cc" adds), and is the same Debian as the builder:
# a program that was linked against a newer glibc would not start.
FROM gcr.io/distroless/cc-debian13:nonroot AS final
COPY --from=build /usr/local/bin/app /app
EXPOSE 8080
ENTRYPOINT ["/app"]
