FROM gcr.io/distroless/nodejs24-debian13:nonroot AS a
RUN ["/nodejs/bin/node", "-v"]
RUN ["node", "-v"]
FROM gcr.io/distroless/nodejs24-debian13:nonroot AS b
COPY --from=busybox:musl /bin/mkdir /bin/mkdir
RUN ["mkdir", "/x"]
FROM gcr.io/distroless/nodejs24-debian13:nonroot AS c
RUN --mount=type=bind,from=busybox:musl,source=/bin,target=/bin ["mkdir", "/x"]
FROM alpine:3.22 AS d
RUN ["mkdir", "/x"]
FROM example.com/x AS e
RUN ["mkdir", "/x"]
