# expect: does not start
# says: no such file or directory
# finding: SW013
# severity: warning
# The script's first line stands in a file of the context, which a check need not be able to read.
FROM gcr.io/distroless/static-debian12
COPY --chmod=755 start.sh /start.sh
ENTRYPOINT ["/start.sh"]
