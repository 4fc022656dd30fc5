# expect: works
FROM alpine:3.20
RUN echo "apt-get is not here"; command -v apt-get || echo none
CMD ["true"]
