FROM debian:trixie-slim AS build
COPY --chmod=755 <<'EOF' /out/
#!/usr/bin/env bash
exec /app "$@"
EOF
RUN printf '#!/bin/sh\nexec /app --port 80\n' > /out/run && chmod +x /out/run

FROM gcr.io/distroless/base-debian13 AS a
COPY --from=build /out/run /usr/local/bin/run
CMD ["run"]

FROM scratch
COPY --from=build /out /
ENTRYPOINT ["/EOF", "x"]
