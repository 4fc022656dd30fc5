FROM alpine AS context
RUN x
FROM busybox
COPY --from=context /x /
