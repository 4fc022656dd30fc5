FROM debian:trixie-slim AS download
RUN curl -fsSLo /tool https://example.com/tool && chmod 755 /tool

FROM scratch
LABEL org.opencontainers.image.title="tool"
COPY --from=download /tool /tool
