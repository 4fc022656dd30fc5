# expect: build fails
# says: not found
# finding: SW013
# severity: warning
# gap: SW013 looks at the first line of copied scripts, not of a RUN's here-document
FROM alpine:3.20
RUN <<EOF
#!/usr/bin/python3
print("hello")
EOF
