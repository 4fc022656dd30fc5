# expect: does not start
# says: no such file or directory
# severity: info
# What the stage copies may be linked statically; only a compiler's options would tell.
FROM debian:bookworm AS build
RUN cp /bin/true /app
FROM gcr.io/distroless/static-debian12
COPY --from=build /app /app
CMD ["/app"]
