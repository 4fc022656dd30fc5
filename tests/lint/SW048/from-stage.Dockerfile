FROM alpine:3.23 AS build
RUN tar -czf /out.tgz /etc

FROM scratch
COPY --from=build /out.tgz /srv/
ENTRYPOINT ["/app"]
