# expect: does not start
# says: no such file or directory
# finding: SW031
# severity: warning
# needs: musl
FROM alpine:3.20 AS build
RUN cp /bin/busybox /app
FROM gcr.io/distroless/base-debian12
COPY --from=build /app /app
CMD ["/app", "true"]
