FROM golang:1.26
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /usr/local/bin/server .
# where it listens
EXPOSE 80 443/tcp 9090
CMD ["server"]
