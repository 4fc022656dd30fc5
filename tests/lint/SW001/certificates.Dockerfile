FROM alpine:3.23 AS build
RUN apk add --no-cache make

FROM scratch
COPY --from=build /bin/true /true
RUN apk add --no-cache ca-certificates tzdata && update-ca-certificates
