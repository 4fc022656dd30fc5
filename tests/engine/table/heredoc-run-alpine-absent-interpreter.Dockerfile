# expect: build fails
# says: not found
# finding: SW013
FROM alpine:3.20
RUN <<EOF
#!/usr/bin/python3
print("hello")
EOF
