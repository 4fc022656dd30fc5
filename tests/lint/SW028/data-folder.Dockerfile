FROM golang:1.27-trixie AS build
RUN CGO_ENABLED=0 go build -o /server .

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /server /server
COPY data/ /data/
ENTRYPOINT ["/server"]
