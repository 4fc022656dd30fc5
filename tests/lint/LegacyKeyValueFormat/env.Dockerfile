FROM alpine
ENV PORT 8080
CMD ["x"]
