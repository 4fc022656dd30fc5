FROM debian:trixie-slim AS build
RUN make

FROM scratch
ENV TZ=America/New_York
COPY --from=build /app /app
ENTRYPOINT ["/app"]
