FROM alpine As build
CMD ["/run"]
