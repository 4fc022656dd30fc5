# expect: works
# needs: musl
# The C library of base is all that the copied shell asks for.
FROM gcr.io/distroless/base-debian12
COPY --from=busybox:latest /bin/sh /bin/sh
RUN echo hello
COPY --from=busybox:musl /bin/true /bin/true
CMD ["/bin/true"]
