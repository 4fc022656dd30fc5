FROM golang AS build
RUN useradd app
FROM scratch AS a
USER 65532:65532
ENTRYPOINT ["/app"]
FROM scratch
COPY --from=build /etc/passwd /etc/passwd
USER app
ENTRYPOINT ["/app"]
