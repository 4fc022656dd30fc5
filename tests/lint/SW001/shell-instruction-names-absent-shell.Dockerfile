FROM gcr.io/distroless/cc-debian12:debug
SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
RUN ls / | wc -l
