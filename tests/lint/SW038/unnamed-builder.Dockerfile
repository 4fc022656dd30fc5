FROM golang:1.27-trixie
RUN CGO_ENABLED=0 go build -o /bin/app .

FROM busybox:musl
COPY --from=0 /bin/app /bin/app
CMD ["/bin/app", "https://example.com"]
