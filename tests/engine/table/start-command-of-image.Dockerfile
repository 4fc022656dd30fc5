# expect: works
FROM alpine:3.20
LABEL purpose=test
