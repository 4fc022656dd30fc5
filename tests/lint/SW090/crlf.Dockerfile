FROM gcr.io/distroless/static-debian13:nonroot
# stagewright ignore=SW001,SW003 CR LF
RUN make
# stagewright ignore=SW001	TODO: say why
RUN make
