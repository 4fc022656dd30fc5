# expect: works
# BuildKit builds only what the target needs: the stage that cannot be built is never started.
FROM gcr.io/distroless/static-debian12 AS unused
RUN echo hello
FROM alpine:3.20
CMD ["true"]
