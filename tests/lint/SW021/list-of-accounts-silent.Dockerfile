FROM alpine:3.23 AS accounts
RUN adduser -D app

FROM gcr.io/distroless/static-debian13 AS a
COPY <<-EOF /etc/passwd
	root:x:0:0::/root:/sbin/nologin
	app:x:10001:10001::/:/sbin/nologin
EOF
USER app
ENTRYPOINT ["/app"]

FROM gcr.io/distroless/static-debian13 AS b
COPY --from=accounts /etc/passwd /etc/group /etc/
USER app
ENTRYPOINT ["/app"]

FROM gcr.io/distroless/static-debian13 AS c
ARG NAME
COPY <<EOF /etc/passwd
${NAME}:x:10001:10001::/:/sbin/nologin
EOF
USER app
ENTRYPOINT ["/app"]

FROM gcr.io/distroless/static-debian13 AS d
COPY --from=golang:1.26 /etc/passwd /etc/passwd
USER app
ENTRYPOINT ["/app"]
