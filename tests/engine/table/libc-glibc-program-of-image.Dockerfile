# expect: does not start
# says: no such file or directory
# finding: SW031
# severity: warning
FROM alpine:3.20
COPY --from=debian:bookworm /bin/true /app
CMD ["/app"]
