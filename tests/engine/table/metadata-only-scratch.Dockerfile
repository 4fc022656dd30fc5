# expect: works
FROM scratch
ARG VERSION=1
ENV MODE=production
LABEL version=$VERSION
WORKDIR /app/data
VOLUME /app/data
EXPOSE 8080/tcp
STOPSIGNAL SIGTERM
COPY busybox /app/busybox
ENTRYPOINT ["/app/busybox"]
CMD ["true"]
