FROM alpine
ENV A=1 B="2 3"
LABEL c=d
