FROM scratch AS a
ONBUILD COPY $WHAT /x
FROM a
CMD ["/x"]
