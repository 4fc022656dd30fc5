FROM debian:bookworm AS build
RUN apt-get update && apt-get install -y gcc libssl-dev
RUN gcc -o /fetch fetch.c -lssl -lcrypto

FROM gcr.io/distroless/base-nossl-debian12
COPY --from=build /fetch /fetch
ENTRYPOINT ["/fetch"]
