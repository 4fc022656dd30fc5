FROM alpine:3.23 AS build
RUN apk add --no-cache go && go build -o /app .

FROM alpine:3.23 AS accounts
RUN mkdir /data

FROM scratch
COPY --from=build /app /app
COPY --from=accounts /etc/passwd /etc/passwd
USER app
ENTRYPOINT ["/app"]
