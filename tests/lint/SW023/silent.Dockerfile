FROM scratch AS a
COPY tool /tool
USER 65532:65532
RUN ["/tool"]

FROM scratch AS b
COPY tool /tool
USER 65532
ENTRYPOINT ["/tool"]

FROM scratch AS c
COPY tool /tool
COPY passwd /etc/passwd
USER 65532
RUN ["/tool"]

FROM scratch AS d
COPY tool /tool
USER 0
RUN ["/tool"]

FROM alpine:3.23
USER 65532
RUN id
