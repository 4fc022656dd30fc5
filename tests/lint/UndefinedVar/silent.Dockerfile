FROM scratch AS a
ARG X
ARG V=1
ENV W=$V$X
FROM a
COPY $W$X /a
CMD ["/a/z"]
