# Every instruction that leaves a row without bytes, between some that leave bytes.
ARG TAG=latest
FROM alpine:${TAG} AS settings
ARG VERSION=1.2
ENV HOME_OF_APP=/app \
    LEVEL=info
WORKDIR ${HOME_OF_APP}
LABEL org.example.version=${VERSION}
# bytes 800
RUN head -c 500 /dev/zero > a && \
    # a comment inside
    head -c 300 /dev/zero > b
EXPOSE 80/tcp
VOLUME /data
USER nobody
STOPSIGNAL SIGINT
HEALTHCHECK CMD true
SHELL ["/bin/sh", "-ec"]
USER 0
# bytes 70
COPY seventy ./sub/
# bytes 70
ADD seventy /added
# bytes 9
RUN ["/bin/sh", "-c", "printf 123456789 > /exec"]
ENTRYPOINT ["/bin/sh", "-c"]
CMD ["echo $HOME_OF_APP"]

FROM settings AS last
# bytes 5
RUN printf 12345 > /last
