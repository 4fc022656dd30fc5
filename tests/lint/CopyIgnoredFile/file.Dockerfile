FROM scratch
COPY notes.log other.txt /
ADD build/out/x /
CMD ["/x"]
