FROM alpine:3.23
ARG FAIL=1
RUN [ "$FAIL" = "1" ] && echo no
RUN [ -f /etc/passwd ] || exit 1
RUN [ "${FAIL}" == "0" ] || false
RUN [ ! -e /x ]; touch /x
RUN [[ -f /x ]] && rm /x
RUN echo ["a", 'b']
RUN ["echo", "it's fine"]
HEALTHCHECK NONE
CMD ["sleep", "10"]
