# A program without a script, a script that is started through its interpreter, a shell that is there.
FROM gcr.io/distroless/nodejs24-debian13 AS a
COPY app /app
ENTRYPOINT ["/app"]

FROM alpine:3.23 AS b
COPY <<EOF /run.sh
#!/bin/sh
echo hello
EOF
ENTRYPOINT ["/run.sh"]

FROM alpine:3.23 AS c
RUN apk add --no-cache bash
COPY <<EOF /run.sh
#!/bin/bash
EOF
ENTRYPOINT ["/run.sh"]

FROM example.com/unknown AS d
COPY start.sh /
ENTRYPOINT ["/start.sh"]

FROM gcr.io/distroless/static-debian13 AS e
COPY --from=busybox:musl /bin/sh /bin/sh
COPY start.sh /
ENTRYPOINT ["/start.sh"]

FROM gcr.io/distroless/python3-debian13 AS f
COPY <<EOF /app.py
#!/usr/bin/python3
EOF
ENTRYPOINT ["/app.py"]

FROM gcr.io/distroless/base-debian13 AS g
COPY <<EOF /app
not a script
EOF
ENTRYPOINT ["/app"]

# The script is in an image that others build on, and they start something else.
FROM gcr.io/distroless/base-debian13 AS h
COPY start.sh /
ENTRYPOINT ["/start.sh"]
FROM h
COPY app /
ENTRYPOINT ["/app"]
