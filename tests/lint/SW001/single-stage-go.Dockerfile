FROM gcr.io/distroless/static-debian13
WORKDIR /src
COPY . .
RUN go build -o /app .
ENTRYPOINT ["/app"]
