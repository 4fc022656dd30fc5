# expect: works
FROM debian:bookworm AS build
RUN cp /bin/true /app
FROM gcr.io/distroless/base-debian12
COPY --from=build /app /app
CMD ["/app"]
