FROM alpine AS scratch
RUN x
FROM scratch
CMD ["/x"]
