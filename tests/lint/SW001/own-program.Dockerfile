FROM golang:1.27-alpine AS build
WORKDIR /src
COPY . .
RUN go build -o /out/app

FROM scratch
COPY --from=build /out/app /app
RUN /app --check "two words" 'and $more'
ENTRYPOINT ["/app"]
