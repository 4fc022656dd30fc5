# stagewright ignore-file=SW043
FROM gcr.io/distroless/static:nonroot
# stagewright ignore=SW001
RUN make
# stagewright ignore=SW001 TODO: say why
RUN make
# stagewright ignore=SW001 the runner mounts a shell
RUN make
