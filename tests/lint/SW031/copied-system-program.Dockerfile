FROM debian:bookworm AS build
RUN cp /bin/true /app

FROM alpine:3.23
COPY --from=build /app /app
CMD ["/app"]
