FROM debian:trixie-slim AS build
RUN make

FROM scratch AS a
COPY --from=build /src/project /
ENTRYPOINT ["/app"]

FROM scratch AS b
COPY --from=build /src/project /opt/
CMD ["/opt/bin/app"]

FROM scratch AS c
ADD rootfs.tar.gz /
CMD ["bash"]

FROM scratch AS d
WORKDIR /app
COPY --from=build /src/server .
CMD ["./server"]

FROM scratch AS e
COPY --from=build /src/server /usr/local/bin/
CMD ["server"]

FROM busybox:musl AS f
CMD ["httpd", "-f"]

FROM gcr.io/distroless/nodejs24-debian13
COPY . /app
CMD ["/app/server.js"]
