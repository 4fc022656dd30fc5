# Head of the file.
# stagewright ignore-file=SW024 names are wanted here
# stagewright ignore-file=floating-debian-release the platform decides

FROM gcr.io/distroless/static
# stagewright ignore=SW001 the shell is bind-mounted by the runner
# two comments, a third
RUN echo one \
    # inside
    && echo two
  # stagewright ignore=shell-form-run-without-shell indented
  run echo three
# stagewright ignore=SW004 the heredoc is run by a wrapper
RUN <<EOT
# stagewright ignore=SW999 text of the script
echo
EOT
# stagewright ignore=JSONArgsRecommended,SW007 the orchestrator replaces it
CMD echo four
USER nonroot
