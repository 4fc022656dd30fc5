FROM gcr.io/distroless/static-debian13
COPY --from=alpine:3.23 /bin/sh /bin/sh
RUN echo hello > /x
ENTRYPOINT ["/app"]
