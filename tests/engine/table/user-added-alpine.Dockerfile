# expect: works
FROM alpine:3.20
RUN addgroup -S app && adduser -S -D -H -G app app
USER app:app
CMD ["true"]
