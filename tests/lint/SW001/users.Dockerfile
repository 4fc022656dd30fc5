FROM alpine:3.23 AS build
RUN apk add --no-cache make

FROM scratch
RUN adduser -D -u 1000 app
COPY --from=build /bin/true /true
USER app
