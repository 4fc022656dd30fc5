FROM alpine
RUN ls
