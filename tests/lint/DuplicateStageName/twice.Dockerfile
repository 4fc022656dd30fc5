FROM alpine AS b
RUN one
FROM busybox AS b
RUN two
FROM scratch
COPY --from=b /x /
