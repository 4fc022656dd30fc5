FROM scratch AS base
COPY tool /tool
USER 1000

FROM base
RUN ["/tool", "prepare"]
ENTRYPOINT ["/tool"]
