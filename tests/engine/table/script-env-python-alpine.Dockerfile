# expect: does not start
# says: python3
# finding: SW013
FROM alpine:3.20
COPY --chmod=755 <<EOF /serve
#!/usr/bin/env python3
print("hello")
EOF
CMD ["/serve"]
