arg A=1
FROM alpine
RUN x
