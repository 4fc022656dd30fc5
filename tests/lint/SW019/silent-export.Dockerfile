FROM debian:trixie-slim AS build
RUN make

FROM scratch
COPY --from=build /out/ /
