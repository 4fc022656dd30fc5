FROM alpine
CMD ["a"]
RUN x
CMD ["b"]
CMD ["c"]
