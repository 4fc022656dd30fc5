FROM debian:trixie-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends build-essential
COPY . /src
RUN make -C /src install

FROM cgr.dev/chainguard/static:latest
COPY --from=build /usr/local/bin/tool /usr/local/bin/tool
RUN apt-get update && apt-get install -y ca-certificates && rm -rf /var/lib/apt/lists/*
RUN apt-get install -y curl
