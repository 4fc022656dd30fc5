FROM scratch
COPY . /
CMD ["/x"]
