FROM alpine:3.22
USER node
RUN id
CMD ["sh"]
