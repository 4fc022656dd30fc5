FROM golang:1.27-trixie
ENV CGO_ENABLED=1
WORKDIR /src
COPY . .
RUN go build -o app .
USER 1000:1000
ENTRYPOINT ["./app"]
