# expect: does not start
# says: no such file or directory
# finding: SW033
# severity: warning
FROM golang:1.24-bookworm AS build
WORKDIR /src
RUN go build -o /app .
FROM scratch
COPY --from=build /app /app
ENTRYPOINT ["/app"]
