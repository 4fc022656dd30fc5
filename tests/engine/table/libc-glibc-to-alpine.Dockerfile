# expect: does not start
# says: no such file or directory
# finding: SW031
# severity: warning
FROM debian:bookworm AS build
RUN cp /bin/true /app
FROM alpine:3.20
COPY --from=build /app /app
CMD ["/app"]
