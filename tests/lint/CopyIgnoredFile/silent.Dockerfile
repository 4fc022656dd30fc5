FROM alpine AS a
FROM scratch
COPY --from=a notes.log /
COPY . /
COPY <<x.log other.txt /
x.log
CMD ["/x"]
