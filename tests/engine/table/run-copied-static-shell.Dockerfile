# expect: works
FROM gcr.io/distroless/static-debian12
COPY --from=busybox:musl /bin/sh /bin/sh
RUN echo hello > /hello
COPY --from=busybox:musl /bin/cat /bin/cat
CMD ["/bin/cat", "/hello"]
