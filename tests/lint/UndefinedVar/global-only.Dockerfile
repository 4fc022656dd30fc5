ARG V=1
FROM scratch
LABEL version=$V
CMD ["/app"]
