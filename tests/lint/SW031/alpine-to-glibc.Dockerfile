FROM alpine:3.23 AS build
RUN apk add --no-cache g++ make
WORKDIR /src
COPY . .
RUN g++ -o app main.cpp && mv app /out-app

FROM gcr.io/distroless/cc-debian13
COPY --from=build /out-app /app
ENTRYPOINT ["/app"]
