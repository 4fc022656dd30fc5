FROM alpine:3.23 AS a
COPY --chmod=755 <<EOF /serve
#!/usr/bin/env python3
print("hello")
EOF
CMD ["/serve"]

FROM alpine:3.23 AS b
RUN apk add --no-cache python3
COPY --chmod=755 <<EOF /serve
#!/usr/bin/env python3
print("hello")
EOF
CMD ["/serve"]

FROM alpine:3.23
COPY --chmod=755 <<EOF /serve
#!/usr/bin/python3
print("hello")
EOF
CMD ["/serve"]
