# syntax=docker/dockerfile:1

# A Go program in the smallest image there is: an empty one.

# build makes one file that needs nothing else.
FROM golang:1.27-trixie AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
# Without CGO_ENABLED=0 the program may want a loader and a libc, and scratch has neither.
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \
    CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/app .

# final is empty: no shell, no users, no certificates, no /tmp.
FROM scratch AS final
# Needed as soon as the program calls anything over HTTPS.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/app /app
# There is no list of users here, so the user has to be a number.
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["/app"]
