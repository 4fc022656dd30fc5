# expect: build fails
# says: stat /bin/sh
# finding: SW001
FROM gcr.io/distroless/static-debian12 AS tools
RUN echo hello > /hello
FROM alpine:3.20
COPY --from=tools /hello /hello
CMD ["cat", "/hello"]
