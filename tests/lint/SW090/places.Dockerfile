FROM gcr.io/distroless/static-debian13
RUN one \
    # stagewright ignore=SW001 inside of an instruction
    two
# stagewright ignore-file=SW001 too far down
RUN three
# stagewright ignore SW001
# stagewright ignore=
# stagewright ignore = SW001 , SW003 blanks are fine
RUN four
COPY <<EOT /x
# stagewright ignore=SW001 part of a file
EOT
# stagewright ignored this once
# written for stagewright ignore=SW001
USER 1
