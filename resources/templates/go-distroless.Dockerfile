# syntax=docker/dockerfile:1

# A Go program for several platforms, in an image with certificates and time zones.

# build always runs on the machine's own platform; Go compiles for the other one by itself.
FROM --platform=$BUILDPLATFORM golang:1.27-trixie AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
# BuildKit fills these in. They are declared late, so that the download above is shared.
ARG TARGETOS
ARG TARGETARCH
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -ldflags="-s -w" -o /out/app .

# final has no shell. The nonroot tag runs as user 65532.
FROM gcr.io/distroless/static-debian13:nonroot AS final
COPY --from=build /out/app /app
EXPOSE 8080
ENTRYPOINT ["/app"]
