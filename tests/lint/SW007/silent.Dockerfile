FROM scratch
CMD ["/app"]

FROM alpine
CMD echo hello

FROM example.com/unknown
CMD echo hello

FROM scratch
CMD

FROM gcr.io/distroless/static-debian12
CMD /replaced
CMD ["/app"]

FROM scratch
CMD /bin/hello
COPY --from=busybox:musl /bin/sh /bin/sh
