FROM rust:1-bookworm AS rust
WORKDIR /src
RUN cargo build --release
FROM rust:1-alpine AS musl
WORKDIR /src
RUN cargo build --release
FROM gcc:15 AS c
RUN gcc -static -o /hello hello.c
FROM gcc:15-bookworm AS dynamic
RUN gcc -o /hello hello.c

FROM gcr.io/distroless/cc-debian12 AS a
COPY --from=rust /src/target/release/app /app
ENTRYPOINT ["/app"]
FROM scratch AS b
COPY --from=musl /src/target/release/app /app
COPY --from=c /hello /hello
ENTRYPOINT ["/app"]
# C needs no libstdc++.
FROM gcr.io/distroless/base-debian12 AS d
COPY --from=dynamic /hello /hello
ENTRYPOINT ["/hello"]
FROM gcr.io/distroless/base-debian12 AS e
COPY --from=rust /usr/lib/x86_64-linux-gnu/libgcc_s.so.1 /usr/lib/x86_64-linux-gnu/
COPY --from=rust /src/target/release/app /app
ENTRYPOINT ["/app"]
FROM scratch
COPY --from=rust /src/target/release/app /
