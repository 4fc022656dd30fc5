# expect: build fails
# says: stat /bin/sh
# finding: SW001
FROM gcr.io/distroless/static-debian12:debug AS tools
SHELL ["/busybox/sh", "-c"]
RUN echo hello > /hello
FROM gcr.io/distroless/static-debian12
COPY --from=tools /hello /hello
RUN echo again
