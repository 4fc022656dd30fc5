FROM debian:trixie-slim
RUN set -e; sudo apk update; sudo apk add bash
