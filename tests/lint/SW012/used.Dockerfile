FROM gcr.io/distroless/base-debian12:debug AS base
SHELL ["/bin/bash", "-o", "pipefail", "-c"]

FROM base
RUN ls | wc -l
