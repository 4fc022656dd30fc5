from golang:1.26-bookworm as build
workdir /src
run GOOS=linux go build -ldflags="-s -w" -o /out/ ./...

from gcr.io/distroless/static-debian12:nonroot
copy --from=build /out/app /app
entrypoint ["/app"]
