FROM alpine as build
CMD ["/run"]
