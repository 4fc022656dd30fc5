FROM alpine:3.23 AS tools
RUN apk add --no-cache ca-certificates

FROM gcr.io/distroless/base-debian12 AS base
ENV LANG=C.UTF-8

FROM base AS runtime
USER 65532:65532

FROM runtime
COPY --from=tools /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
RUN touch /tmp/ready
